using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Batches that are being decoded while later records are taken and earlier ones consumed, in the order in which they are pushed. Those of a
/// partition that is paused stay until it is read on.
/// </summary>
internal sealed class BatchesAhead
{
    /// <summary>Enough for threads that decode; each is a batch of memory and of delay.</summary>
    private const int Maximum = 4;

    private readonly List<RecordBatch> batches = [];

    /// <summary>Whether there is one that may be pushed.</summary>
    internal bool Any => batches.Exists(MayBePushed);

    internal void Add(RecordBatch batch) => batches.Add(batch);

    /// <summary>Gives the oldest one that may be pushed, once it is decoded.</summary>
    /// <param name="all">Also if few are ahead.</param>
    internal RecordBatch? Take(bool all)
    {
        if (batches.Count(MayBePushed) <= (all ? 0 : Maximum))
            return null;
        var index = batches.FindIndex(MayBePushed);
        var taken = batches[index];
        batches.RemoveAt(index);
        return taken;
    }

    /// <summary>The partition is not read on just now: whether it is at its end will be another question by then.</summary>
    internal void Pause(PartitionReading partition)
    {
        foreach (var batch in batches)
        {
            if (batch.Partition == partition)
                batch.Views.Status = PartitionStatus.Active;
        }
    }

    private static bool MayBePushed(RecordBatch batch) => !batch.Partition.Paused;
}
