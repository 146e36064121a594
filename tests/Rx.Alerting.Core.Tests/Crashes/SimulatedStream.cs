using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The stream as the broker has it, the same for all processes. It grows while they read.</summary>
internal sealed class SimulatedStream(IReadOnlyList<SimulatedShard> shards)
{
    public IReadOnlyList<SimulatedShard> Shards => shards;

    /// <summary>What arrives before this moment is there to be read.</summary>
    public long Now { get; private set; } = shards.Min(shard => shard.Views.Count > 0 ? shard.Views[0].At : long.MaxValue);

    public void ProduceAll() => Now = long.MaxValue;

    /// <summary>Goes on in time, mostly at about the pace of who reads, so that there is often nothing to read; now and then by half an hour.</summary>
    public void Produce(SplitMix random)
    {
        if (Now < long.MaxValue)
            Now += random.Next(random.Next(60) == 0 ? 1_800_000 : 60_000);
    }

    public bool IsClosed(SimulatedShard shard) => shard.To <= Now;

    /// <summary>How many of the views from number <paramref name="read"/> on can be read, at most <paramref name="most"/>.</summary>
    public int Unread(SimulatedShard shard, int read, int most)
    {
        var count = 0;
        while (count < most && read + count < shard.Views.Count && shard.Views[read + count].At < Now)
            count++;
        return count;
    }
}
