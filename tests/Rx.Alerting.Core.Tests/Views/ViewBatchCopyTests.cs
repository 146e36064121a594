using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Views;

/// <summary>A copy of a batch is another batch with the same contents.</summary>
public sealed class ViewBatchCopyTests
{
    [Fact]
    public void Copy_HasEverythingAndStaysWhenTheBatchChanges()
    {
        var batch = TestBatches.Of(
            "p",
            new TestView(1, "shop", "t", "network", "Lost.", "cdn=fastly"),
            new TestView(2, "shop", "u"));
        batch.Reject(RejectionReason.Tombstone, batch.Append("bad"u8));
        (batch.Position, batch.Status) = ("7", PartitionStatus.Idle);
        var before = Texts(batch);
        var copy = TestBatches.Of("other", new TestView(9, "old", "old", "old"), new TestView(9, "old"), new TestView(9, "old"));

        batch.CopyTo(copy);
        batch.Clear();
        TestBatches.Add(batch, new TestView(3, "next", "next", "next"));

        Assert.Equal(before, Texts(copy));
    }

    private static List<string> Texts(ViewBatch batch) =>
    [
        $"{batch.Partition} {batch.Position} {batch.Status} {batch.RejectedCount} {batch.Rejected[(int)RejectionReason.Tombstone]}",
        .. batch.Samples.Select(sample => $"{sample.Reason} {batch.String(sample.Record)}"),
        .. batch.Views.ToArray().Select(view =>
            $"{view.EventTime} {batch.String(view.Property)} {batch.String(view.Title)} {Failure(view)}"),
        .. batch.Circumstances.ToArray().SelectMany(one => ((Span<TextRange>)one.Values).ToArray()).Select(batch.String),
    ];

    private static string Failure(View view) => $"{view.Failed} {view.Failure} {view.Circumstances} {view.PropertyHash}";
}
