using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Tries;

/// <summary>
/// Cuts what is read to an extent of event time, and tells when all of it was read: each partition has come to its end, or is past that of
/// the extent.
/// </summary>
/// <param name="from">Batches that are older as a whole are left out; milliseconds since the Unix epoch.</param>
/// <param name="to">Partitions are read until they are past this time; the same.</param>
internal sealed class TryExtent(long from, long to)
{
    /// <summary>So many views in a row are past the end. A single one may have a wrong clock.</summary>
    private const int Witnesses = 100;

    private readonly Dictionary<string, PartitionState> partitions = new(StringComparer.Ordinal);

    /// <summary>Whether everything was read. It may be said before there is any partition at all: then nothing was.</summary>
    public bool IsRead => partitions.Count > 0 && partitions.Values.All(one => one.IsAtEnd);

    /// <summary>Whether a partition is to be read on.</summary>
    public bool Wants(string partition) => !partitions.TryGetValue(partition, out var state) || !state.IsPast;

    /// <summary>What of a batch is of the extent: the batch itself, another one in its place, or nothing (null).</summary>
    public ViewBatch? Cut(ViewBatch batch)
    {
        if (!partitions.TryGetValue(batch.Partition, out var state))
            partitions.Add(batch.Partition, state = new PartitionState());
        if (state.IsPast)
            return null;
        state.IsAtEnd = batch.Status != PartitionStatus.Active;
        if (batch.ViewCount == 0)
            return batch;

        var (earliest, latest) = (long.MaxValue, long.MinValue);
        foreach (ref readonly var view in batch.Views)
            (earliest, latest) = (Math.Min(earliest, view.EventTime), Math.Max(latest, view.EventTime));
        if (earliest > to)
        {
            state.Beyond += batch.ViewCount;
            if (state.Beyond < Witnesses && !state.IsAtEnd)
                return null;
            state.IsPast = state.IsAtEnd = true;
            // It must not hold event time, which the other partitions may have yet to reach.
            return new ViewBatch(batch.Partition) { Status = PartitionStatus.Finished };
        }

        state.Beyond = 0;
        if (latest >= from)
            return batch;
        return state.IsAtEnd
            ? new ViewBatch(batch.Partition) { Position = batch.Position, Status = batch.Status }
            : null;
    }

    private sealed class PartitionState
    {
        /// <summary>Nothing more of it is wanted.</summary>
        public bool IsPast { get; set; }

        /// <summary>There is nothing more to read of it just now.</summary>
        public bool IsAtEnd { get; set; }

        /// <summary>Views in a row that are past the end.</summary>
        public long Beyond { get; set; }
    }
}
