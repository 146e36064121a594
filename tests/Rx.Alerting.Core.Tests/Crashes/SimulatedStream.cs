using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The stream of the broker. It is the same for all processes, and grows while they read.</summary>
internal sealed class SimulatedStream(IReadOnlyList<SimulatedShard> shards)
{
    public IReadOnlyList<SimulatedShard> Shards => shards;

    /// <summary>The present: views that arrived before can be read.</summary>
    public long Now { get; private set; } = shards.Min(shard => shard.Views.Count > 0 ? shard.Views[0].At : long.MaxValue);

    public void ProduceAll() => Now = long.MaxValue;

    /// <summary>
    /// Moves the present on. Mostly the present moves about as fast as readers read, so often there is nothing to read. Sometimes it moves
    /// by half an hour.
    /// </summary>
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
