using System.Collections.Concurrent;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Run;

/// <summary>What the pipelines last told about themselves; read by any thread.</summary>
internal sealed class PipelineStatus(IncidentStore incidents, TimeProvider clock, ILogger<PipelineStatus> log) : IPipelineWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Published> pipelines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> kinds = new(StringComparer.Ordinal);

    /// <summary>By the names of the pipelines that run here.</summary>
    public IReadOnlyDictionary<string, PipelineStatistics> Latest => pipelines.ToDictionary(one => one.Key, one => one.Value.Statistics, StringComparer.Ordinal);

    /// <summary>What a pipeline had when it was started or restored; null: it does not run here.</summary>
    public PipelineStatistics? Beginning(string name) => pipelines.GetValueOrDefault(name)?.Beginning;

    /// <summary>What records that the pipeline has rejected look like, as a clause behind “the record”; null: nothing that is known.</summary>
    public string? LooksLike(string name) => kinds.GetValueOrDefault(name);

    public void Begin(string name, DetectionPipeline pipeline)
    {
        pipelines.TryRemove(name, out _);
        kinds.TryRemove(name, out _);
        incidents.Begin(name, pipeline.History);
        // Ends with the pipeline, which completes its letters when it is disposed.
        pipeline.DeadLetters.Subscribe(letter => Take(name, letter));
        Publish(name, pipeline);
        if (pipeline.Upgraded is { } upgraded)
            RunLog.Upgraded(log, name, upgraded);
        if (Beginning(name)?.SetBackFrom is { } from)
            RunLog.SetBack(log, name, from);
    }

    /// <summary>Takes a copy now and then.</summary>
    public void Advance(string name, DetectionPipeline pipeline)
    {
        if (!pipelines.TryGetValue(name, out var published) || clock.GetElapsedTime(published.At) >= Interval)
            Publish(name, pipeline);
    }

    public void Settle(string name, DetectionPipeline pipeline) => Publish(name, pipeline);

    /// <summary>The pipeline runs here no longer.</summary>
    public void Forget(string name)
    {
        pipelines.TryRemove(name, out _);
        kinds.TryRemove(name, out _);
        incidents.Forget(name);
    }

    private void Take(string name, DeadLetter letter)
    {
        var sample = IncidentWords.Printable(letter.Sample);
        if (ForeignValue.NameOf(letter.Head.Span) is { } kind)
        {
            kinds[name] = kind;
            sample = $"{sample} (the record {kind})";
        }

        RunLog.Sampled(log, letter.Reason, letter.Partition, sample);
    }

    private void Publish(string name, DetectionPipeline pipeline)
    {
        var statistics = pipeline.Statistics;
        pipelines[name] = new(statistics, clock.GetTimestamp(), pipelines.GetValueOrDefault(name)?.Beginning ?? statistics);
        incidents.Advance(statistics.Watermark);
    }

    private sealed record Published(PipelineStatistics Statistics, long At, PipelineStatistics Beginning);
}
