using System.Reactive;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Effects;
using Rx.Alerting.Testing.Incidents;
using Notification = Rx.Alerting.Core.Notifications.Notification;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>A channel with its board, a receiver that answers as it is told to, and a clock that stands still until it is moved.</summary>
internal sealed class NotificationScenario : INotifier
{
    private const string Pipeline = "views";

    private NotificationChannel channel = null!;
    private MortalBoard mortal = null!;
    private NotificationSender sender = null!;
    private long epoch;
    private long sequence;

    public NotificationScenario(NotifierTraits? traits = null)
    {
        Traits = traits ?? new() { WantsUpdates = true, Gather = TimeSpan.FromSeconds(45), IsIdempotent = true };
        Target = new("chat", "test", this);
    }

    public NotifierTraits Traits { get; }

    /// <summary>What happens while the next notification is under way.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>What the receiver is still to get of what it has taken.</summary>
    public Func<Notification, Func<CancellationToken, Task<NotifyResult.Delivered>>?>? Afterwards { get; set; }

    /// <summary>Whether the store of this process is away.</summary>
    public bool IsStoreAway
    {
        get => mortal.IsAway;
        set => mortal.IsAway = value;
    }

    /// <inheritdoc cref="MortalBoard.TakesNoWrites"/>
    public bool TakesNoWrites
    {
        set => mortal.TakesNoWrites = value;
    }

    /// <inheritdoc cref="MortalBoard.Refused"/>
    public string? Refused
    {
        get => mortal.Refused;
        set => mortal.Refused = value;
    }

    private Action<Notification>? Dying { get; set; }

    public NotificationTarget Target { get; set; }

    /// <summary>The epoch of the pipeline's owner. Null: the latest process has it.</summary>
    public long? OwnerEpoch { get; set; }

    public NotificationOptions Options { get; init; } = new();

    public FakeTimeProvider Clock { get; init; } = new(IncidentSamples.Start.AddMinutes(2));

    public InMemoryBoard Board { get; } = new();

    /// <summary>What the receiver has got, and has not refused.</summary>
    public List<Notification> Told { get; } = [];

    /// <summary>How the next attempts come out; after that, all arrive.</summary>
    public Queue<NotifyResult> Answers { get; } = [];

    public List<NotificationReport> Reports { get; } = [];

    /// <summary>All attempts, the failed ones too.</summary>
    public List<Notification> Attempts { get; } = [];

    public IReadOnlyList<string> Words => WordsOf(Told);

    public NotificationScenario With(Func<NotificationTarget, NotificationTarget> change)
    {
        Target = change(Target);
        return this;
    }

    /// <summary>A process begins: the first one, or after a crash.</summary>
    public async Task<NotificationScenario> BeginAsync(params Incident[] history)
    {
        mortal = new(Board);
        var reports = Observer.Create<NotificationReport>(Reports.Add);
        channel = new(Target, mortal, Options, Clock, reports, (pipeline, _) =>
            Task.FromResult(pipeline == Pipeline ? OwnerEpoch ?? epoch : 1));
        sender = channel.NewSender();
        await channel.BeginAsync(new(Pipeline, ++epoch, history), CancellationToken.None);
        return this;
    }

    /// <summary>What the receiver has got of one incident.</summary>
    public IReadOnlyList<string> WordsOf(string id) => WordsOf(Told.Where(told => told.ThreadId == id));

    private static List<string> WordsOf(IEnumerable<Notification> told) =>
        [.. told.Select(told => $"{told.Event}{(told.IsLoud ? "!" : "")}")];

    public void Answer(params NotifyResult[] next) => Array.ForEach(next, Answers.Enqueue);

    /// <summary>The pipeline begins anew in the same process.</summary>
    /// <param name="reading">How long it takes until its part is read.</param>
    /// <param name="history">What it knows.</param>
    public Task BeginAnewAsync(Task reading, params Incident[] history)
    {
        mortal.Reading = reading;
        return channel.BeginAsync(new(Pipeline, ++epoch, history), CancellationToken.None);
    }

    /// <summary>Another pipeline of the same channel.</summary>
    public Task BeginOtherAsync(string pipeline) => channel.BeginAsync(new(pipeline, 1, []), CancellationToken.None);

    public Task DeliverOtherAsync(string pipeline, Incident incident) =>
        channel.DeliverAsync(pipeline, [new ChangeEffect(1, IncidentSamples.Change(incident))], CancellationToken.None);

    /// <summary>The pipeline goes to another process.</summary>
    public void End() => channel.End(Pipeline);

    /// <summary>All that is due is told.</summary>
    public Task TellAllAsync() => TellAsync();

    /// <summary>Changes come, and all that is due is told.</summary>
    public async Task ChangeAsync(params Incident[] incidents)
    {
        await DeliverAsync(incidents);
        await TellAsync();
    }

    public Task DeliverAsync(params Incident[] incidents)
    {
        List<Effect> effects = [.. incidents.Select(incident => new ChangeEffect(++sequence, IncidentSamples.Change(incident)))];
        return channel.DeliverAsync(Pipeline, effects, CancellationToken.None);
    }

    /// <summary>Time passes, and all that is due meanwhile is told in its time.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Clock.GetUtcNow() + time;
        while (Clock.GetUtcNow() < end)
        {
            await TellAsync();
            var wait = await sender.TellNextAsync(CancellationToken.None);
            var left = end - Clock.GetUtcNow();
            Clock.Advance(wait > TimeSpan.Zero && wait < left ? wait : left);
        }

        await TellAsync();
    }

    /// <summary>The process dies while the next notification is under way.</summary>
    public async Task DieTellingAsync(bool arrives)
    {
        using var stop = new CancellationTokenSource();
        Dying = told =>
        {
            if (arrives)
                Told.Add(told);
            mortal.IsDead = true;
            stop.Cancel();
        };
        await sender.TellNextAsync(stop.Token);
        Dying = null;
    }

    /// <summary>The process is stopped in good order while the next notification is under way.</summary>
    public async Task StopTellingAsync()
    {
        using var stop = new CancellationTokenSource();
        Dying = _ => stop.Cancel();
        await sender.TellNextAsync(stop.Token);
        Dying = null;
    }

    /// <summary>Somebody asks for another attempt, and all that is due is told.</summary>
    public async Task<int> RetryAsync()
    {
        var tried = await channel.RetryAsync(Pipeline, CancellationToken.None);
        await TellAsync();
        return tried;
    }

    public async Task<IReadOnlyList<NotificationRecord>> RecordsAsync(string id) =>
        [.. ThreadEncoding.Decode((await Board.ReadAsync(null, CancellationToken.None)).Entries.Single(entry => entry.Id == id)).Records];

    async Task<NotifyResult> INotifier.NotifyAsync(Notification notification, CancellationToken cancel)
    {
        Attempts.Add(notification);
        Dying?.Invoke(notification);
        if (Meanwhile is { } happens)
        {
            Meanwhile = null;
            await happens();
        }

        cancel.ThrowIfCancellationRequested();
        var answer = Answers.TryDequeue(out var next) ? next
            : new NotifyResult.Delivered($"ref-{notification.ThreadId}") { Afterwards = Afterwards?.Invoke(notification) };
        if (answer is NotifyResult.Delivered)
            Told.Add(notification);
        return answer;
    }

    private async Task TellAsync()
    {
        while (await sender.TellNextAsync(CancellationToken.None) <= TimeSpan.Zero)
        {
            // There may be more.
        }
    }
}
