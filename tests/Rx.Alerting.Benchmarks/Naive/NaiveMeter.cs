using System.Diagnostics;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Naive;

/// <summary>Time and bytes that pushing takes, without what making the views takes.</summary>
internal struct NaiveMeter
{
    private long ticks;
    private long bytes;
    private long views;

    public void Push(bool measured, int count, Action push)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        push();
        if (!measured)
            return;
        ticks += Stopwatch.GetTimestamp() - start;
        bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        views += count;
    }

    public readonly void Write() => Figures.Write(
        ("views_per_second", views / (ticks / (double)Stopwatch.Frequency)), ("bytes_per_view", bytes / (double)views), ("bytes", bytes));
}
