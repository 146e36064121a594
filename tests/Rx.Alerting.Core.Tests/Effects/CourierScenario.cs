using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Tests.Crashes;
using Rx.Alerting.Testing.Effects;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Effects;

/// <summary>An outbox, couriers and a good and a bad channel. Everything runs on one thread in virtual time.</summary>
public abstract class CourierScenario : IObserver<CourierEvent>
{
    private protected static readonly EffectOptions Options = new();

    private protected readonly FakeTimeProvider clock = new(IncidentSamples.Start);
    private protected readonly OutboxState outbox = new(maximum: 1000, keeps: true);
    private protected readonly RecordingChannel good = new("good");
    private protected readonly RecordingChannel bad = new("bad");
    private protected readonly List<CourierEvent> events = [];
    private protected Couriers couriers = null!;
    private protected SingleThread thread = null!;
    private protected readonly List<Incident> history = [];
    private int decided;

    void IObserver<CourierEvent>.OnNext(CourierEvent value) => events.Add(value);

    void IObserver<CourierEvent>.OnCompleted()
    {
    }

    void IObserver<CourierEvent>.OnError(Exception error)
    {
    }

    private protected static bool IsFailure(CourierEvent value) => value.Kind == CourierEventKind.Failed;

    private protected static bool IsDrop(CourierEvent value) => value.Kind == CourierEventKind.Dropped;

    private protected static IEnumerable<int> Sequences(RecordingChannel channel) =>
        channel.Delivered.Select(effect => (int)effect.Sequence);

    private protected IncidentChange Change() => new(IncidentTransition.Opened, IncidentSamples.Sample($"{++decided}"));

    private protected void Run(Action test, params IChannel[] channels) => SingleThread.Run(context =>
    {
        thread = context;
        couriers = new Couriers(
            new("views", 1, []), () => history, channels is [] ? [good, bad] : channels, outbox, Options, clock, this);
        couriers.Start();
        thread.RunAll();
        test();
    });

    /// <summary>Something is decided and committed.</summary>
    private protected void Decide()
    {
        outbox.Add(Change());
        Commit();
    }

    private protected void Commit()
    {
        thread.RunAll();
        couriers.Save();
        couriers.Post(outbox.Log);
        thread.RunAll();
    }

    private protected void Pass(TimeSpan time)
    {
        clock.Advance(time);
        Commit();
    }

    private protected ChannelCursor Cursor(string channel)
    {
        couriers.Save();
        return outbox.Cursors.Single(cursor => cursor.Channel == channel);
    }

    private protected sealed class ChannelStub : IChannel
    {
        public string Name => "stub";

        public Func<ChannelBeginning, Task> Begin { get; init; } = _ => Task.CompletedTask;

        public required Func<IReadOnlyList<Effect>, int> Deliver { get; init; }

        public Task BeginAsync(ChannelBeginning beginning, CancellationToken cancel) => Begin(beginning);

        public Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel) =>
            Task.FromResult(Deliver(effects));
    }
}
