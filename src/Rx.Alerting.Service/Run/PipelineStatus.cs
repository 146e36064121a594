using System.Collections.Concurrent;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Follows the pipelines in this process, and keeps their latest statistics. Thread-safe.
/// </summary>
internal sealed class PipelineStatus(TimeProvider clock, ILogger<PipelineStatus> log) : IPipelineWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Published> pipelines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> kinds = new(StringComparer.Ordinal);
    private long reached;
    private long reachedAt;

    /// <summary>
    /// Told of each copy of a pipeline's statistics, after the copy before it, on the pipeline's thread. Null: nobody listens. Set before
    /// pipelines run.
    /// </summary>
    public Action<PipelineStatistics, PipelineStatistics>? Counted { get; set; }

    /// <summary>Samples of what the pipelines have not counted.</summary>
    public RecordSamples Samples { get; } = new(clock);

    /// <summary>The latest statistics, by the pipeline's name.</summary>
    public IReadOnlyDictionary<string, PipelineStatistics> Latest =>
        pipelines.ToDictionary(pipeline => pipeline.Key, pipeline => pipeline.Value.Statistics, StringComparer.Ordinal);

    /// <summary>The statistics when a pipeline was started or restored. Null if the pipeline does not run in this process.</summary>
    public PipelineStatistics? Beginning(string name) => pipelines.GetValueOrDefault(name)?.Beginning;

    /// <summary>
    /// What kind of value a rejected record seems to be, as a clause behind “the record”. Null if no kind was recognised.
    /// </summary>
    public string? LooksLike(string name) => kinds.GetValueOrDefault(name);

    /// <summary>The event time that the furthest pipeline has reached so far. It never goes back.</summary>
    public DateTimeOffset? Reached => Volatile.Read(ref reached) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>For how long event time has stood still, by processing time. Null before the first view.</summary>
    public TimeSpan? StandsStill => Volatile.Read(ref reachedAt) is not 0 and var at ? clock.GetElapsedTime(at) : null;

    public void Begin(string name, DetectionPipeline pipeline)
    {
        pipelines.TryRemove(name, out _);
        kinds.TryRemove(name, out _);
        Samples.Forget(name);
        // The subscription ends with the pipeline: disposing the pipeline completes its dead letters.
        pipeline.DeadLetters.Subscribe(letter => Take(name, letter));
        Publish(name, pipeline);
        if (pipeline.Upgraded is { } upgraded)
            RunLog.Upgraded(log, name, upgraded);
        if (Beginning(name)?.SetBackFrom is { } from)
            RunLog.SetBack(log, name, from);
        foreach (var dropped in pipeline.DroppedOptions)
            RunLog.OptionDropped(log, name, dropped);
    }

    /// <summary>Copies the statistics a few times a second.</summary>
    public void Advance(string name, DetectionPipeline pipeline)
    {
        if (!pipelines.TryGetValue(name, out var published) || clock.GetElapsedTime(published.At) >= Interval)
            Publish(name, pipeline);
    }

    public void Settle(string name, DetectionPipeline pipeline) => Publish(name, pipeline);

    /// <summary>The pipeline does not run in this process any more.</summary>
    public void Forget(string name)
    {
        pipelines.TryRemove(name, out _);
        kinds.TryRemove(name, out _);
        Samples.Forget(name);
    }

    private void Take(string name, DeadLetter letter)
    {
        var sample = IncidentWords.Printable(letter.Sample);
        if (ForeignValue.NameOf(letter.Head.Span) is { } kind)
        {
            kinds[name] = kind;
            sample = $"{sample} (the record {kind})";
        }

        Samples.Take(name, letter, sample);
        RunLog.Sampled(log, letter.Reason, letter.Partition, sample);
    }

    private void Publish(string name, DetectionPipeline pipeline)
    {
        var statistics = pipeline.Statistics;
        if (pipelines.TryGetValue(name, out var before))
            Counted?.Invoke(before.Statistics, statistics);
        pipelines[name] = new(statistics, clock.GetTimestamp(), before?.Beginning ?? statistics);
        Reach(statistics.Watermark);
    }

    private void Reach(DateTimeOffset? watermark)
    {
        var ticks = watermark?.UtcTicks ?? 0;
        for (var known = Volatile.Read(ref reached); ticks > known;)
        {
            var seen = Interlocked.CompareExchange(ref reached, ticks, known);
            if (seen == known)
            {
                Volatile.Write(ref reachedAt, clock.GetTimestamp());
                return;
            }

            known = seen;
        }
    }

    private sealed record Published(PipelineStatistics Statistics, long At, PipelineStatistics Beginning);
}
