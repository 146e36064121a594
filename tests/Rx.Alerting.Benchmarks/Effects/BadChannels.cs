using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>A channel that never answers.</summary>
internal sealed class HangingChannel : IChannel
{
    public string Name => "hanging";

    public async Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        return effects.Count;
    }
}

/// <summary>A channel that fails at once, every time.</summary>
internal sealed class FailingChannel : IChannel
{
    public string Name => "failing";

    public Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel) =>
        throw new IOException("It is not there.");
}
