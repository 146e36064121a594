using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>What people ask the pipeline, and have it do.</summary>
public sealed partial class DetectionPipeline
{
    /// <summary>
    /// About how much memory a title takes (measured: <c>make bench ARGS=memory</c>), and a property without its titles (estimated).
    /// </summary>
    private const int TitleBytes = 200, PropertyBytes = 1000;

    public PipelineStatistics Statistics => counters.Snapshot(watermarks, windows, incidents) with
    {
        Paused = Paused,
        AdjustedOptions = control.Operation.Options,
        OptionsVersion = control.Operation.Version,
        Silences = control.Silences.Summaries,
        EndedSilences = control.Silences.Ended.Latest,
        OpenPanes = panes.Count,
        StateBytes = panes.RoomBytes + facets.RoomBytes
            + ((long)windows.Titles * TitleBytes) + ((long)windows.Properties * PropertyBytes),
        Explanations = new()
        {
            Open = [.. incidents.Explained.Select(open => new ExplainedCount(open.By, open.Number))],
            Rankings =
            [
                new(null, facets.Rankings.Unknown),
                .. Enum.GetValues<ExplainedBy>().Select(by => new ExplainedCount(by, facets.Rankings[by])),
            ],
            RankingTime = facets.Rankings.Time,
            Properties = facets.Count,
            Bytes = facets.RoomBytes,
            Evictions = facets.Evictions,
        },
        WaitingEffects = Outbox.Count,
        Channels = [.. Outbox.Cursors.Select(cursor => new ChannelBacklog(cursor.Channel, Outbox.Behind(cursor)))],
    };

    /// <summary>
    /// Options that had been set while the pipeline ran, and that cannot hold any more after the restore; each a sentence.
    /// </summary>
    public IReadOnlyList<string> DroppedOptions { get; }

    /// <summary>Who has the pipeline rest. Then its source must not be read. Null: it does not rest.</summary>
    internal Pause? Paused => control.Operation.Paused;

    /// <summary>The newest event time of an accepted view (ms since the Unix epoch).</summary>
    internal long NewestEventTime => watermarks.NewestEventTime;

    /// <summary>The first moment that is not decided yet. Null: before the first view.</summary>
    internal DateTimeOffset? EventTime =>
        eventTime.HasTime ? DateTimeOffset.FromUnixTimeMilliseconds(eventTime.Clock + 1) : null;

    /// <summary>
    /// Executes a command, between two batches. A command whose id is remembered does nothing again, and has the same outcome.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stream has ended.</exception>
    public CommandOutcome Execute(ControlCommand command) => Execute(command, out _);

    /// <inheritdoc cref="Execute(ControlCommand)"/>
    /// <param name="command">The command.</param>
    /// <param name="place"><inheritdoc cref="CommandRequest.Place" path="/summary"/></param>
    internal CommandOutcome Execute(ControlCommand command, out long? place)
    {
        var request = new CommandRequest(command);
        commands.OnNext(request);
        Rest();
        place = request.Place;
        return request.Outcome ?? throw new InvalidOperationException("No command can be executed after the end of the stream.");
    }

    /// <summary>The place of a command in the order of all commands. Null: the state lacks the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="before">
    /// Its place in a later state of the pipeline. The state forgets old commands. It does not lack what comes before all that it
    /// remembers.
    /// </param>
    internal long? PlaceOf(ControlCommand command, long? before)
    {
        if (control.Outcomes.Find(command.Id) is { } first)
            return first.IsOf(CommandFingerprint.Of(command)) ? first.Place : null;
        return before < control.Outcomes.Oldest ? before : null;
    }

    /// <summary>
    /// Whether a command that was executed at an event time before can be executed again. It waits until event time is there again, but
    /// not for an event time that does not come: the pipeline is paused, or its event time was set back.
    /// </summary>
    /// <param name="time">Null: before the first view.</param>
    internal bool HasReached(DateTimeOffset? time) =>
        time is null || Paused is not null || watermarks.SetBackFrom is not null || EventTime >= time;

    /// <summary>While the pipeline is paused, event time stands, also if a batch was under way.</summary>
    private void Rest() => watermarks.Stands = Paused is not null;
}
