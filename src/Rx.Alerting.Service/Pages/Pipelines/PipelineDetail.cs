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
/// <param name="State">What it does, in a word or two.</param>
/// <param name="Behind">How far its event time is behind the clock. Null: not known, made up, or it has been read to its end.</param>
/// <param name="Commit">Its latest commit. Null: there was none here.</param>
public sealed record PipelineLine(string Name, PipelineStatistics Now, string State, TimeSpan? Behind, LatestCommit? Commit);

/// <summary>A partition that this process reads.</summary>
/// <param name="Pipeline">Who reads it.</param>
/// <param name="Name">The partition's name.</param>
/// <param name="Position">The number of the next record. Null: records have no numbers.</param>
/// <param name="Lag">What waits to be read, in words. Null: the source does not know.</param>
/// <param name="LagTime">How far reading is behind the newest record. Null: the source does not know.</param>
/// <param name="Watermark">How far its event time is complete. Null: before its first view.</param>
/// <param name="State">What it does, in words.</param>
/// <param name="IsHolding">Whether event time waits for it.</param>
public sealed record PartitionLine(
    string Pipeline,
    string Name,
    long? Position,
    string? Lag,
    TimeSpan? LagTime,
    DateTimeOffset? Watermark,
    string State,
    bool IsHolding);

/// <summary>Records, or views, that were not counted, for one reason.</summary>
/// <param name="Reason">In words.</param>
/// <param name="Count">Since the beginning of the state.</param>
/// <param name="SinceStart">Since the pipelines began in this process.</param>
/// <param name="Samples">The latest first.</param>
public sealed record NotCounted(string Reason, long Count, long SinceStart, IReadOnlyList<RecordSample> Samples);

/// <summary>What a channel does not have yet of a pipeline.</summary>
/// <param name="Pipeline">Whose changes they are.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Waiting">Changes that it does not have.</param>
/// <param name="Latest">Its latest delivery. Null: there was none in this process.</param>
/// <param name="Own">What waits in a queue of its own, as the channel tells people. Null: it has none.</param>
public sealed record OutboxLine(string Pipeline, string Channel, int Waiting, LatestDelivery? Latest, NotificationBacklog? Own);
