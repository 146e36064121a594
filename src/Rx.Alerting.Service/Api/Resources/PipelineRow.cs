using System.Text.Json.Serialization;
using Rx.Alerting.Service.Pages.Pipelines;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>A pipeline of the answering process. What counts all properties is absent for callers who see some only.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Status">
/// <c>reading</c>, <c>waiting</c> (no view yet), <c>idle</c> (read to its end), <c>paused</c> or <c>stalled</c>.
/// </param>
/// <param name="Watermark">How far its event time is complete. Null: before its first view.</param>
/// <param name="BehindSeconds">How far that is behind the clock. Null: not known, made up, or it has been read to its end.</param>
/// <param name="Commit">Its latest commit in this process. Null: there was none.</param>
internal sealed record PipelineRow(
    string Name, string Status, DateTimeOffset? Watermark, double? BehindSeconds, CommitRow? Commit)
{
    /// <summary>What it has counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CountRow? Counts { get; init; }

    /// <summary>Records and views that were not counted, by reason, the most frequent first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NotCountedRow>? NotCounted { get; init; }

    /// <summary>What channels do not have yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OutboxRow>? Outbox { get; init; }

    /// <param name="line">As the page has it.</param>
    /// <param name="detail">Of all pipelines.</param>
    /// <param name="notCounted">Of this one.</param>
    public static PipelineRow Of(PipelineLine line, PipelineDetail detail, IReadOnlyList<NotCounted> notCounted) => new(
        line.Name,
        ApiNames.Of(line.State),
        line.Now.Watermark,
        Seconds(line.Behind),
        line.Commit is { At: not null } commit ? CommitRow.Of(commit, detail.IsWhole) : null)
    {
        Counts = detail.IsWhole
            ? new(
                line.Now.Views,
                line.Now.Errors,
                line.Now.Late,
                line.Now.Rejected.Sum(),
                line.Now.Properties,
                line.Now.Titles,
                line.Now.OpenIncidents)
            : null,
        NotCounted = detail.IsWhole ? [.. notCounted.Select(NotCountedRow.Of)] : null,
        Outbox = detail.IsWhole ? [.. detail.Outbox.Where(one => one.Pipeline == line.Name).Select(OutboxRow.Of)] : null,
    };

    internal static double? Seconds(TimeSpan? span) => span is { } known ? Math.Round(known.TotalSeconds, 3) : null;
}

/// <summary>What a pipeline has counted since the beginning of its state.</summary>
/// <param name="Views">Views.</param>
/// <param name="Errors">Views of those that failed.</param>
/// <param name="Late">Views that came after their time was decided.</param>
/// <param name="Rejected">Records that are no views.</param>
/// <param name="Properties">Properties that it knows.</param>
/// <param name="Titles">Titles that it knows.</param>
/// <param name="OpenIncidents">Incidents that are open.</param>
internal sealed record CountRow(
    long Views, long Errors, long Late, long Rejected, int Properties, int Titles, int OpenIncidents);

/// <summary>A commit.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When the store has confirmed it, by the clock of the process.</param>
/// <param name="DurationSeconds">From its begin until it was confirmed.</param>
/// <param name="PauseSeconds">How long the pipeline stood still for it.</param>
/// <param name="Problem">Why the next one does not succeed. Absent: nothing is known to keep it.</param>
internal sealed record CommitRow(
    long Id,
    DateTimeOffset At,
    double DurationSeconds,
    double PauseSeconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Problem)
{
    /// <summary>Problems name files and hosts.</summary>
    public static CommitRow Of(LatestCommit commit, bool isWhole) => new(
        commit.Id,
        commit.At!.Value,
        Math.Round(commit.Duration.TotalSeconds, 6),
        Math.Round(commit.Pause.TotalSeconds, 6),
        isWhole || commit.Problem is null ? commit.Problem : "It does not succeed.");
}

/// <summary>Records and views that were not counted, for one reason.</summary>
/// <param name="Reason">Such as <c>late</c> or <c>malformed</c>.</param>
/// <param name="Count">Since the beginning of the state.</param>
/// <param name="SinceStart">Since the pipeline began in this process.</param>
/// <param name="Samples">Some of the latest.</param>
internal sealed record NotCountedRow(string Reason, long Count, long SinceStart, IReadOnlyList<SampleRow> Samples)
{
    public static NotCountedRow Of(NotCounted one) => new(
        one.Name,
        one.Count,
        one.SinceStart,
        [.. one.Samples.Select(sample => new SampleRow(sample.Partition, sample.ReadAt, sample.EventTime, sample.Text))]);
}

/// <summary>A record, or a view, that was not counted.</summary>
/// <param name="Partition">Where it was read from.</param>
/// <param name="ReadAt">When, by the clock of the process.</param>
/// <param name="EventTime">When the view ended. Null: not known.</param>
/// <param name="Text">The beginning of the record, printable.</param>
internal sealed record SampleRow(string Partition, DateTimeOffset ReadAt, DateTimeOffset? EventTime, string Text);

/// <summary>How far a channel has come in the outbox of a pipeline.</summary>
/// <param name="Channel">The channel; <c>board</c> is what this API shows.</param>
/// <param name="Waiting">Changes that it does not have.</param>
/// <param name="Acknowledged">Its cursor: the latest change that it has. Null: it has taken none in this process.</param>
/// <param name="At">When it was heard of last, by the clock of the process.</param>
/// <param name="Attempts">Attempts that have failed in a row.</param>
/// <param name="NextAttemptAt">When it is tried again. Null: it does not fail.</param>
/// <param name="Dropped">Changes that had to leave the outbox before it took them.</param>
/// <param name="Problem">Why the latest attempt has failed. Null: it has not.</param>
internal sealed record OutboxRow(
    string Channel,
    int Waiting,
    long? Acknowledged,
    DateTimeOffset? At,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    long Dropped,
    string? Problem)
{
    public static OutboxRow Of(OutboxLine one) => one.Latest is { } latest
        ? new(
            one.Channel,
            one.Waiting,
            latest.Acknowledged,
            latest.At,
            latest.Attempts,
            latest.NextAttempt,
            latest.Dropped,
            latest.Problem)
        : new(one.Channel, one.Waiting, null, null, 0, null, 0, null);
}

/// <summary>A partition that the answering process reads.</summary>
/// <param name="Partition">Its name.</param>
/// <param name="Pipeline">Who reads it. Null: none yet.</param>
/// <param name="Status">
/// <c>reading</c>, <c>holding</c> (event time waits for it), <c>paused</c> (it is ahead, and rests), <c>idle</c> (read to its end) or
/// <c>waiting</c> (no view yet).
/// </param>
/// <param name="Watermark">How far its event time is complete. Null: before its first view.</param>
/// <param name="LagSeconds">How far reading is behind the newest record. Null: the source does not know.</param>
/// <param name="Position">The number of the next record. Null: not known, or not for the caller: it counts all properties.</param>
/// <param name="LagRecords">Records that wait to be read. Null likewise.</param>
/// <param name="LagBytes">Bytes that wait to be read. Null likewise.</param>
internal sealed record PartitionRow(
    string Partition,
    string? Pipeline,
    string Status,
    DateTimeOffset? Watermark,
    double? LagSeconds,
    long? Position,
    long? LagRecords,
    long? LagBytes)
{
    public static PartitionRow Of(PartitionLine line, bool isWhole) => new(
        line.Name,
        line.Pipeline.Length == 0 ? null : line.Pipeline,
        ApiNames.Of(line.State),
        line.Watermark,
        PipelineRow.Seconds(line.LagTime),
        isWhole ? line.Position : null,
        isWhole ? line.LagRecords : null,
        isWhole ? line.LagBytes : null);
}

/// <summary>The pipelines of the answering process.</summary>
/// <param name="Data">In the order of their names.</param>
/// <param name="Timeframe">Event time of the one that is furthest behind, and of the furthest, in seconds since the Unix epoch.</param>
/// <param name="TotalRowCount">Number of results.</param>
/// <param name="Notice">What keeps incidents from being found, or delays them, for people. Absent if nothing does.</param>
internal sealed record PipelinesEnvelope(
    IReadOnlyList<PipelineRow> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);

/// <summary>A page of partitions.</summary>
/// <inheritdoc cref="PipelinesEnvelope"/>
internal sealed record PartitionsEnvelope(
    IReadOnlyList<PartitionRow> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);
