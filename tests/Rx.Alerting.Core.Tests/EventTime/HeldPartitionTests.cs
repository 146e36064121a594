using System.Reactive.Subjects;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>
/// A partition that is ahead becomes idle. It gets more views while another partition, far behind, is read. Traffic is so thin that a batch
/// covers more event time than the maximum drift.
/// </summary>
public sealed class HeldPartitionTests : IDisposable
{
    private const long Minute = 60_000;
    private readonly Subject<ViewBatch> batches = new();
    private readonly WatermarkState state = new(
        new EventTimeOptions { MaximumOutOfOrderness = TimeSpan.Zero, MaximumDrift = TimeSpan.FromMinutes(1) }, TimeSpan.FromSeconds(1));

    public void Dispose() => batches.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Watermarks_IdlePartitionIsHeldByTheGate_LosesNothingIfItIsToldActive(bool toldActive)
    {
        var (late, accepted) = (0, 0);
        using var pipeline = batches.Watermarks(state).Subscribe(element =>
        {
            late += element.Late.Length;
            accepted += element.Batch.ViewCount;
        });
        var ahead = new Queue<long>([100 * Minute]);
        var behind = new Queue<long>(Enumerable.Range(1, 300).Select(minute => minute * Minute));
        var gate = new WatermarkAlignment(state);
        Push("behind", PartitionStatus.Active);
        Push("ahead", PartitionStatus.Active, Take(ahead, 8));
        Push("behind", PartitionStatus.Active, Take(behind, 1));
        Push("ahead", PartitionStatus.Idle);
        Assert.False(gate.IsOpen("ahead"));
        if (toldActive)
            Push("ahead", PartitionStatus.Active);
        foreach (var minute in Enumerable.Range(101, 50))
            ahead.Enqueue(minute * Minute);

        while (ahead.Count + behind.Count > 0)
        {
            // The slower partition is read first. The rules of sources must hold in any order.
            foreach (var (partition, unread) in new[] { ("behind", behind), ("ahead", ahead) })
            {
                if (gate.IsOpen(partition))
                    Push(partition, unread.Count == 0 ? PartitionStatus.Idle : PartitionStatus.Active, Take(unread, 8));
            }
        }

        Assert.Equal(toldActive, late == 0);
        Assert.Equal(351, late + accepted);
        Push("ahead", PartitionStatus.Idle);
        Push("behind", PartitionStatus.Idle);
        Assert.Equal((300 * Minute) - 1, state.Multiplexer.Watermark);
    }

    [Fact]
    public void IsOpen_HeldPartitionIsToldActive_OpensOnceTheOthersAreIdle()
    {
        using var pipeline = batches.Watermarks(state).Subscribe(_ => { });
        var gate = new WatermarkAlignment(state);
        Push("behind", PartitionStatus.Active, Minute);
        Push("ahead", PartitionStatus.Active, 100 * Minute);
        Push("ahead", PartitionStatus.Idle);
        Push("ahead", PartitionStatus.Active);
        Assert.False(gate.IsOpen("ahead"));
        Push("behind", PartitionStatus.Idle);
        Assert.True(gate.IsOpen("ahead"));
    }

    private void Push(string partition, PartitionStatus status, params long[] eventTimes)
    {
        var batch = Batches.Arriving(partition, eventTimes);
        batch.Status = status;
        batches.OnNext(batch);
    }

    private static long[] Take(Queue<long> unread, int most) =>
        [.. Enumerable.Range(0, Math.Min(most, unread.Count)).Select(_ => unread.Dequeue())];
}
