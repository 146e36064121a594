using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Batches that are being decoded while later records are taken and earlier ones consumed, in the order in which they are pushed. Those of a
/// partition whose gate is closed stay until it opens.
/// </summary>
internal sealed class BatchesAhead : IDisposable
{
    /// <summary>Enough for threads that decode; each is a batch of memory and of delay.</summary>
    private const int Enough = 4;

    private readonly List<RecordBatch> batches = [];

    /// <summary>Whether there is one that may be pushed.</summary>
    internal bool Any => batches.Exists(MayBePushed);

    /// <summary>How many batches one partition may have ahead.</summary>
    internal static int MostOf(int partitions) => Math.Max(1, Enough / Math.Max(1, partitions)) + 1;

    internal void Add(RecordBatch batch)
    {
        batches.Add(batch);
        batch.Partition.Ahead++;
    }

    /// <summary>Gives the oldest one that may be pushed.</summary>
    /// <param name="all">Also if few are ahead.</param>
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

    /// <summary>The partition is not at its end any more, or its gate has closed: whether it is at its end will be another question when it opens.</summary>
    internal void Hold(PartitionReading partition)
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
