using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Batches that are taken and not pushed yet, in the order in which they will be pushed. Other threads decode them meanwhile.
/// The batches of a partition whose gate is closed stay here until the gate opens.
/// </summary>
internal sealed class BatchesAhead : IDisposable
{
    /// <summary>Enough to keep the decoding threads busy. More would cost memory and delay.</summary>
    private const int Enough = 4;

    private readonly List<RecordBatch> batches = [];

    /// <summary>Whether any batch may be pushed: the gate of its partition is open.</summary>
    internal bool Any => batches.Exists(MayBePushed);

    /// <summary>How many batches one partition may have ahead.</summary>
    internal static int MostOf(int partitions) => Math.Max(1, Enough / Math.Max(1, partitions)) + 1;

    internal void Add(RecordBatch batch)
    {
        batches.Add(batch);
        batch.Partition.Ahead++;
    }

    /// <summary>Gives the oldest batch that may be pushed; null if there is none.</summary>
    /// <param name="all">Whether to give a batch even if no more than <see cref="Enough"/> are ahead.</param>
    internal RecordBatch? Take(bool all)
    {
        if (batches.Count(MayBePushed) <= (all ? 0 : Enough))
            return null;
        var index = batches.FindIndex(MayBePushed);
        var taken = batches[index];
        batches.RemoveAt(index);
        taken.Partition.Ahead--;
        return taken;
    }

    /// <summary>
    /// Makes the partition's batches active that say idle. The partition is not at its end any more; or its gate has closed, and it may not
    /// be at its end any more when the gate opens.
    /// </summary>
    internal void WithdrawIdle(PartitionReader partition)
    {
        foreach (var batch in batches)
        {
            if (batch.Partition != partition || batch.Views.Status != PartitionStatus.Idle)
                continue;
            batch.Views.Status = PartitionStatus.Active;
            partition.ToldIdle = false;
        }
    }

    public void Dispose() => batches.ForEach(batch => batch.Dispose());

    private static bool MayBePushed(RecordBatch batch) => batch.Partition.IsOpen;
}
