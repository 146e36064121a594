using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Counts what is delivered, and whether a number came twice.</summary>
internal sealed class CountingChannel : IChannel
{
    private long last;

    public string Name => "counting";

    public long Delivered { get; private set; }

    public long Repeated { get; private set; }

    public Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        foreach (var effect in effects)
        {
            Delivered++;
            Repeated += effect.Sequence <= last ? 1 : 0;
            last = Math.Max(last, effect.Sequence);
        }

        return Task.FromResult(effects.Count);
    }
}
