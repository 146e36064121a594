using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>A gate for every shard alike, which counts how often it refused.</summary>
internal sealed class ShardGate(bool open) : IPartitionGate
{
    private readonly SemaphoreSlim refusals = new(0);

    internal bool Open
    {
        get => Volatile.Read(ref open);
        set => Volatile.Write(ref open, value);
    }

    public bool IsOpen(string partition)
    {
        if (!Open)
            refusals.Release();
        return Open;
    }

    /// <summary>Ends when it has refused this many times more.</summary>
    internal async Task UntilRefusedAsync(int times)
    {
        for (var i = 0; i < times; i++)
            Assert.True(await refusals.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "nobody asks the gate");
    }
}
