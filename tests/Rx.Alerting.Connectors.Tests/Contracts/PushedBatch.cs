using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What is kept of a batch after <c>OnNext</c>.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Position">Where to read on behind it.</param>
/// <param name="Status">What is known of the partition behind it.</param>
/// <param name="Ids">The ids of its views.</param>
/// <param name="Rejected">Records that were rejected, of any reason.</param>
internal sealed record PushedBatch(string Partition, string? Position, PartitionStatus Status, IReadOnlyList<string> Ids, int Rejected)
{
    internal static PushedBatch Of(ViewBatch batch)
    {
        var ids = new List<string>(batch.ViewCount);
        foreach (ref readonly var view in batch.Views)
            ids.Add(batch.String(view.Title));
        var rejected = 0;
        foreach (var count in batch.Rejected)
            rejected += count;
        return new(batch.Partition, batch.Position, batch.Status, ids, rejected);
    }
}
