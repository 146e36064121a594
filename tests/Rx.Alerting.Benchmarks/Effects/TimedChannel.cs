using System.Diagnostics;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>A receiver that notes when each effect came.</summary>
internal sealed class TimedChannel : IChannel
{
    private readonly List<(EffectId Id, long At)> received = [];

    public string Name => "timed";

    /// <summary>Each effect, with a timestamp of <see cref="Stopwatch"/>. To be read after the pipeline has ended.</summary>
    public IReadOnlyList<(EffectId Id, long At)> Received => received;

    public Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        var now = Stopwatch.GetTimestamp();
        received.AddRange(effects.Select(effect => (effect.Id, now)));
        return Task.FromResult(effects.Count);
    }
}
