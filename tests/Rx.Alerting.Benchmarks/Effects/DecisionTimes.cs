using System.Collections.Concurrent;
using System.Diagnostics;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>Notes when a pipeline has decided each change.</summary>
internal sealed class DecisionTimes : IPipelineWatch
{
    private readonly ConcurrentDictionary<EffectId, long> times = new();

    /// <summary>All changes that were decided.</summary>
    public ICollection<EffectId> All => times.Keys;

    /// <summary>A timestamp of <see cref="Stopwatch"/>.</summary>
    public long Of(EffectId effect) => times[effect];

    public void Begin(string name, DetectionPipeline pipeline) => pipeline.Changes.Subscribe(
        change => times[EffectId.Of(change)] = Stopwatch.GetTimestamp());

    public void Advance(string name, DetectionPipeline pipeline)
    {
        // Changes tell of themselves.
    }

    public void Settle(string name, DetectionPipeline pipeline)
    {
        // Changes tell of themselves.
    }
}
