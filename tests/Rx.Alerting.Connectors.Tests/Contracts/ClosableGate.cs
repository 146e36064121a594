using System.Collections.Concurrent;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>A gate that a test closes and opens, and that tells when it has been asked.</summary>
internal sealed class ClosableGate : IPartitionGate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, bool> closed = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> refusals = new();

    private readonly SemaphoreSlim pauses = new(0);
    private volatile bool paused;

    public ClosableGate(params IEnumerable<string> closed)
    {
        foreach (var partition in closed)
            Close(partition);
    }

    public bool IsPaused
    {
        get
        {
            if (paused)
                pauses.Release();
            return paused;
        }

        set => paused = value;
    }

    public bool IsOpen(string partition)
    {
        if (!closed.ContainsKey(partition))
            return true;
        Refusals(partition).Release();
        return false;
    }

    public void Close(string partition) => closed[partition] = true;

    public void Open(string partition) => closed.TryRemove(partition, out _);

    /// <summary>Ends when the gate has been closed for the partition this many more times.</summary>
    public async Task UntilRefusedAsync(string partition, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.True(
                await Refusals(partition).WaitAsync(Patience, TestContext.Current.CancellationToken),
                $"nobody asks whether {partition} is open");
    }

    /// <summary>Ends when somebody has found out this many more times that all is paused.</summary>
    public async Task UntilFoundPausedAsync(int times)
    {
        for (var i = 0; i < times; i++)
            Assert.True(await pauses.WaitAsync(Patience, TestContext.Current.CancellationToken), "nobody asks whether all is paused");
    }

    private SemaphoreSlim Refusals(string partition) => refusals.GetOrAdd(partition, _ => new(0));
}
