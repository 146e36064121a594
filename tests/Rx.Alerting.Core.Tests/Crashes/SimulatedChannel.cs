using Rx.Alerting.Core.Effects;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>A channel of one pipeline in one process. It may fail, be slow, and take only a part of what it is given.</summary>
internal sealed class SimulatedChannel(
    string name,
    SimulatedReceiver receiver,
    SimulatedProcess process,
    SplitMix random,
    Func<Effect, DeliveryMoment> momentOf,
    Func<Effect, bool> isCommitted) : IChannel
{
    private long acknowledged;
    private bool hasBegun;
    private int beginnings;

    public string Name => name;

    public async Task BeginAsync(ChannelBeginning beginning, CancellationToken cancel)
    {
        (hasBegun, acknowledged) = (false, 0);
        beginnings++;
        await process.PassAsync(CrashSite.BeginningChannel, 40, cancel);
        process.MayFail(10);
        hasBegun = true;
        await process.PassAsync(CrashSite.BegunChannel, 40, cancel);
        process.MayFail(10);
    }

    public async Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        receiver.Expect(hasBegun, "An effect is delivered before its pipeline has begun.");
        receiver.Expect(effects[0].Sequence > acknowledged, "An effect is delivered again, though it was acknowledged.");
        receiver.Expect(effects.OrderBy(effect => effect.Sequence).SequenceEqual(effects), "Effects are not in their order.");
        receiver.Expect(effects.All(isCommitted), "An effect is delivered that is not committed.");
        var run = beginnings;
        var (before, after) = momentOf(effects[0]) switch
        {
            DeliveryMoment.Restored => (CrashSite.DeliveringRestored, CrashSite.DeliveredRestored),
            DeliveryMoment.Last => (CrashSite.DeliveringLast, CrashSite.DeliveredLast),
            _ => (CrashSite.Delivering, CrashSite.Delivered),
        };
        await process.PassAsync(before, 20, cancel);
        process.MayFail(10);
        var taken = 1 + random.Next(effects.Count);
        foreach (var effect in effects.Take(taken))
            receiver.Take(effect);
        await process.PassAsync(after, 20, cancel);
        process.MayFail(20);
        if (run == beginnings)
            acknowledged = effects[taken - 1].Sequence;
        return taken;
    }
}

/// <summary>When an effect is delivered.</summary>
internal enum DeliveryMoment
{
    /// <summary>An earlier process has decided it.</summary>
    Restored,

    /// <summary>While the stream is read.</summary>
    Running,

    /// <summary>At the end of the stream, or after a stop.</summary>
    Last,
}
