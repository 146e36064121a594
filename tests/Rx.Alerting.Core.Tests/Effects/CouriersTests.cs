using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Tests.Crashes;
using Rx.Alerting.Testing.Effects;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Effects;

/// <summary>Channels that hang, fail or are slow. Everything runs on one thread in virtual time.</summary>
public sealed class CouriersTests : IObserver<CourierEvent>
{
    private static readonly EffectOptions Options = new();

    private readonly FakeTimeProvider clock = new(IncidentSamples.Start);
    private readonly OutboxState outbox = new(maximum: 1000, keeps: true);
    private readonly RecordingChannel good = new("good");
    private readonly RecordingChannel bad = new("bad");
    private readonly List<CourierEvent> events = [];
    private Couriers couriers = null!;
    private SingleThread thread = null!;
    private readonly List<Incident> history = [];
    private int decided;

    [Fact]
    public void Channel_HangsForTenMinutes_DelaysNobodyAndCatchesUpInOrder() => Run(() =>
    {
        var answer = new TaskCompletionSource();
        bad.Before = _ => answer.Task;
        for (var minute = 1; minute <= 10; minute++)
        {
            Decide();
            Assert.Equal(minute, good.Delivered.Count);
            Pass(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(bad.Delivered);
        Assert.Equal(10, outbox.Log.Count);
        Assert.Equal("it has not answered within 30s", Assert.Single(events, IsFailure).Problem!.Message);

        answer.SetResult();
        Commit();

        Assert.Equal(Sequences(good), Sequences(bad));
        Assert.Empty(outbox.Log);
    });

    [Fact]
    public void Channel_Throws_IsTriedAgainLessAndLessOften() => Run(() =>
    {
        var attempts = new List<double>();
        bad.Before = _ =>
        {
            attempts.Add((clock.GetUtcNow() - IncidentSamples.Start).TotalSeconds);
            throw new InvalidOperationException("no route");
        };
        Decide();
        for (var second = 0; second < 200; second++)
            Pass(TimeSpan.FromSeconds(1));

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 123, 183], attempts);
        Assert.Equal(9, Cursor("bad").Attempts);
        Assert.Equal(IncidentSamples.Start.AddSeconds(243), Cursor("bad").NextAttempt);
        Assert.Single(good.Delivered);
    });

    [Fact]
    public void Channel_AnswersAgain_GetsEverythingOnce() => Run(() =>
    {
        var failures = 2;
        bad.Before = async _ =>
        {
            await Task.Yield();
            if (failures-- > 0)
                throw new IOException("reset by peer");
        };
        Decide();
        Decide();
        Pass(TimeSpan.FromSeconds(5));
        Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(Sequences(good), Sequences(bad));
        Assert.Equal(new ChannelCursor("bad", 2), Cursor("bad"));
        Assert.Equal(2, events.Count(IsFailure));
    });

    [Fact]
    public void Channel_GivesUpWhenItTakesTooLong_IsAskedAgain() => Run(() =>
    {
        bad.Before = async cancel => await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
        Decide();
        Pass(Options.DeliveryTimeout);
        bad.Before = _ => Task.CompletedTask;
        Pass(Options.RetryInterval);

        Assert.Single(bad.Delivered);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Channel_SaysThatItHasDeliveredWhatItWasNotGiven_HasFailed(int delivered)
    {
        var channel = new ChannelStub { Deliver = _ => delivered };
        Run(() => Decide(), channel);

        Assert.Equal(
            $"The channel “stub” says that it has delivered {delivered} of 1 changes.", Assert.Single(events, IsFailure).Problem!.Message);
    }

    [Fact]
    public void Channel_TakesAPart_GetsTheRestAtOnce()
    {
        var sizes = new List<int>();
        var channel = new ChannelStub
        {
            Deliver = effects =>
            {
                sizes.Add(effects.Count);
                return 1;
            },
        };
        Run(
            () =>
            {
                for (var i = 0; i < 3; i++)
                    outbox.Add(Change());
                Commit();
            },
            channel);

        Assert.Equal([3, 2, 1], sizes);
        Assert.DoesNotContain(events, IsFailure);
    }

    [Fact]
    public void Channel_CannotBegin_GetsNothingBeforeItCan()
    {
        var began = 0;
        var channel = new ChannelStub
        {
            Begin = _ => began++ > 0 ? Task.CompletedTask : Task.FromException(new IOException("not yet")),
            Deliver = effects => effects.Count,
        };
        Run(
            () =>
            {
                Decide();
                Assert.Equal(0, Cursor("stub").Acknowledged);
                Pass(Options.RetryInterval);
                Assert.Equal(1, Cursor("stub").Acknowledged);
            },
            channel);

        Assert.Equal(2, began);
    }

    /// <summary>The clock of the process before was years ahead. So is the time at which it would have tried again.</summary>
    [Fact]
    public void Channel_NextAttemptIsInTheFarFuture_IsTriedAsAfterAFailure()
    {
        outbox.Begin(["good", "bad"]);
        outbox.Add(Change());
        outbox.Move(new("bad", 0) { Attempts = 2, NextAttempt = IncidentSamples.Start.AddYears(10) });

        Run(() =>
        {
            Assert.Empty(bad.Delivered);
            Pass(TimeSpan.FromSeconds(2));
            Assert.Single(bad.Delivered);
        });
    }

    [Fact]
    public void Stop_ChannelHangs_IsNotWaitedFor() => Run(() =>
    {
        bad.Before = _ => new TaskCompletionSource().Task;
        Decide();
        Assert.True(couriers.AreBusy);
        var stopping = couriers.StopAsync();
        thread.RunAll();
        Assert.True(stopping.IsCompletedSuccessfully);
    });

    [Fact]
    public void Effects_MoreThanMayWait_AreDroppedForTheSlowChannelOnlyAndSaid()
    {
        var answer = new TaskCompletionSource();
        bad.Before = _ => answer.Task;
        Run(() =>
        {
            for (var i = 0; i < 1010; i++)
                Decide();
            answer.SetResult();
            Commit();
        });

        Assert.Equal(1010, good.Delivered.Count);
        // The first was in the channel's hands already.
        Assert.Equal([1, .. Enumerable.Range(11, 1000)], Sequences(bad));
        Assert.All(events.Where(IsDrop), dropped => Assert.Equal("bad", dropped.Channel));
        Assert.Equal(10, events.Where(IsDrop).Sum(dropped => dropped.Effects));
    }

    /// <summary>So the board misses nothing, though its changes were dropped.</summary>
    [Fact]
    public void Effects_Dropped_MakeTheChannelBeginAgainWithTheHistory()
    {
        var answer = new TaskCompletionSource();
        var beginnings = new List<int>();
        var channel = new ChannelStub
        {
            Begin = beginning =>
            {
                beginnings.Add(beginning.History.Count);
                return beginnings.Count == 1 ? Task.CompletedTask : answer.Task;
            },
            Deliver = effects => throw new IOException("down"),
        };
        Run(
            () =>
            {
                for (var i = 0; i < 1001; i++)
                {
                    outbox.Add(Change());
                    history.Add(IncidentSamples.Sample($"{i}"));
                }

                Commit();
                Pass(Options.RetryInterval);
            },
            channel);

        Assert.Equal([0, 1001], beginnings);
    }

    void IObserver<CourierEvent>.OnNext(CourierEvent value) => events.Add(value);

    void IObserver<CourierEvent>.OnCompleted()
    {
    }

    void IObserver<CourierEvent>.OnError(Exception error)
    {
    }

    private static bool IsFailure(CourierEvent value) => value.Kind == CourierEventKind.Failed;

    private static bool IsDrop(CourierEvent value) => value.Kind == CourierEventKind.Dropped;

    private static IEnumerable<int> Sequences(RecordingChannel channel) => channel.Delivered.Select(effect => (int)effect.Sequence);

    private IncidentChange Change() => new(IncidentTransition.Opened, IncidentSamples.Sample($"{++decided}"));

    private void Run(Action test, params IChannel[] channels) => SingleThread.Run(context =>
    {
        thread = context;
        couriers = new Couriers(
            new("views", 1, []), () => history, channels is [] ? [good, bad] : channels, outbox, Options, clock, this);
        couriers.Start();
        thread.RunAll();
        test();
    });

    /// <summary>Something is decided and committed.</summary>
    private void Decide()
    {
        outbox.Add(Change());
        Commit();
    }

    private void Commit()
    {
        thread.RunAll();
        couriers.Save();
        couriers.Post(outbox.Log);
        thread.RunAll();
    }

    private void Pass(TimeSpan time)
    {
        clock.Advance(time);
        Commit();
    }

    private ChannelCursor Cursor(string channel)
    {
        couriers.Save();
        return outbox.Cursors.Single(cursor => cursor.Channel == channel);
    }

    private sealed class ChannelStub : IChannel
    {
        public string Name => "stub";

        public Func<ChannelBeginning, Task> Begin { get; init; } = _ => Task.CompletedTask;

        public required Func<IReadOnlyList<Effect>, int> Deliver { get; init; }

        public Task BeginAsync(ChannelBeginning beginning, CancellationToken cancel) => Begin(beginning);

        public Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel) =>
            Task.FromResult(Deliver(effects));
    }
}
