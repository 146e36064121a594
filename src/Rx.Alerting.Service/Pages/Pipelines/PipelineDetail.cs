using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Pages.Pipelines;

/// <summary>What the page of the pipelines shows: how this process reads the stream, and how far it is.</summary>
public sealed record PipelineDetail
{
    /// <summary>What keeps incidents from being found, or delays them, each a sentence.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<PipelineLine> Pipelines { get; init; }

    /// <summary>The furthest behind first; bounded.</summary>
    public required IReadOnlyList<PartitionLine> Partitions { get; init; }

    public required int AllPartitions { get; init; }

    /// <summary>Whether the reader may see what is of all properties: counts, samples, commands.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Whether other processes have the other partitions.</summary>
    public required bool IsShared { get; init; }

    /// <summary>What was not counted, by reason; the most frequent first. Empty if not <see cref="IsWhole"/>.</summary>
    public required IReadOnlyList<NotCounted> NotCounted { get; init; }

    /// <summary>What channels do not have yet.</summary>
    public required IReadOnlyList<OutboxLine> Outbox { get; init; }

    /// <summary>The latest first. Empty if not <see cref="IsWhole"/>.</summary>
    public required IReadOnlyList<AnsweredCommand> Commands { get; init; }
}

/// <summary>A pipeline of this process.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Now">What it has counted.</param>
/// <param name="State">What it does.</param>
/// <param name="Behind">How far its event time is behind the clock. Null: not known, made up, or it has been read to its end.</param>
/// <param name="Commit">Its latest commit. Null: there was none here.</param>
public sealed record PipelineLine(string Name, PipelineStatistics Now, PipelineState State, TimeSpan? Behind, LatestCommit? Commit);

/// <summary>What a pipeline does.</summary>
public enum PipelineState
{
    /// <summary>It reads views.</summary>
    Reading,

    /// <summary>It has yet to see a view.</summary>
    Waiting,

    /// <summary>It has been read to its end.</summary>
    Idle,

    /// <summary>Somebody has it rest.</summary>
    Paused,

    /// <summary>Its event time does not move.</summary>
    Stalled,
}

/// <summary>A partition that this process reads.</summary>
/// <param name="Pipeline">Who reads it.</param>
/// <param name="Name">The partition's name.</param>
/// <param name="Position">The number of the next record. Null: records have no numbers.</param>
/// <param name="LagRecords">Records that wait to be read. Null: the source does not know.</param>
/// <param name="LagBytes">Bytes that wait to be read. Null: the source does not know.</param>
/// <param name="LagTime">How far reading is behind the newest record. Null: the source does not know.</param>
/// <param name="Watermark">How far its event time is complete. Null: before its first view.</param>
/// <param name="State">What it does.</param>
public sealed record PartitionLine(
    string Pipeline,
    string Name,
    long? Position,
    long? LagRecords,
    long? LagBytes,
    TimeSpan? LagTime,
    DateTimeOffset? Watermark,
    PartitionState State)
{
    public bool IsHolding => State == PartitionState.Holding;
}

/// <summary>What is known of a partition.</summary>
public enum PartitionState
{
    /// <summary>It is read.</summary>
    Reading,

    /// <summary>Event time waits for it.</summary>
    Holding,

    /// <summary>It is ahead, and rests.</summary>
    Paused,

    /// <summary>It has been read to its end.</summary>
    Idle,

    /// <summary>No view has come of it yet.</summary>
    Waiting,
}

/// <summary>Records, or views, that were not counted, for one reason.</summary>
/// <param name="Name">The reason, in snake case.</param>
/// <param name="Reason">In words.</param>
/// <param name="Count">Since the beginning of the state.</param>
/// <param name="SinceStart">Since the pipelines began in this process.</param>
/// <param name="Samples">The latest first.</param>
public sealed record NotCounted(string Name, string Reason, long Count, long SinceStart, IReadOnlyList<RecordSample> Samples);

/// <summary>What a channel does not have yet of a pipeline.</summary>
/// <param name="Pipeline">Whose changes they are.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Waiting">Changes that it does not have.</param>
/// <param name="Latest">Its latest delivery. Null: there was none in this process.</param>
/// <param name="Own">What waits in a queue of its own, as the channel tells people. Null: it has none.</param>
public sealed record OutboxLine(string Pipeline, string Channel, int Waiting, LatestDelivery? Latest, NotificationBacklog? Own);
