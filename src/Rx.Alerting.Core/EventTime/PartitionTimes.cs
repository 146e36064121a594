using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>The partitions that have not finished, by name, and which of them have changed since the last save.</summary>
/// <param name="rules">What decides about event times.</param>
/// <param name="multiplexer">Every partition is registered there.</param>
/// <param name="late">Counts late views.</param>
/// <param name="present">Is told of every partition.</param>
/// <param name="tracksChanges">Whether changes are remembered, so that a save can write changes only.</param>
internal sealed class PartitionTimes(
    EventTimeRules rules,
    WatermarkMultiplexer multiplexer,
    LateViews late,
    Present present,
    bool tracksChanges)
{
    private readonly Dictionary<string, PartitionTime> byName = [];
    private readonly ChangeLog<string> log = new(tracksChanges);

    /// <summary><see cref="Ahead"/> of the partitions that have finished.</summary>
    private long finishedAhead;

    /// <summary>The sum of <see cref="EventTimeBounds.Ahead"/>, finished partitions included.</summary>
    public long Ahead => finishedAhead + byName.Values.Sum(partition => partition.Ahead);

    /// <summary>Null if the partition is not known.</summary>
    public PartitionTime? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The name of the first partition with suspended views, in ordinal order. Null if no partition has suspended views.</summary>
    public string? FirstWithSuspended()
    {
        var suspending = byName.Values.Where(partition => partition.HasSuspended);
        return suspending.Select(partition => partition.Name).Min(StringComparer.Ordinal);
    }

    /// <summary>The partition, which is about to change. Adds the partition if it is not known.</summary>
    public PartitionTime Change(string name)
    {
        log.Changed(name);
        if (byName.TryGetValue(name, out var known))
            return known;
        var added = new PartitionTime(rules, multiplexer.Register(name), late);
        byName.Add(name, added);
        present.Add(name);
        return added;
    }

    /// <summary>The partition has finished.</summary>
    public void Forget(string name)
    {
        if (byName.Remove(name, out var finished))
            finishedAhead += finished.Ahead;
        present.Forget(name);
        multiplexer.Remove(name);
        log.Removed(name);
    }

    /// <summary>All partitions have finished.</summary>
    public void ForgetAll()
    {
        foreach (var partition in byName.Keys)
            Forget(partition);
    }

    /// <summary>Forgets the time of every partition whose newest event time is after <paramref name="latest"/>.</summary>
    /// <returns>The newest event time of the other partitions; <see cref="long.MinValue"/> if they have no views.</returns>
    public long ForgetTimesAfter(long latest)
    {
        var newest = long.MinValue;
        foreach (var partition in byName.Values)
        {
            if (partition.HasViews && partition.NewestEventTime > latest)
            {
                partition.ForgetTime();
                present.Forget(partition.Name);
                present.Add(partition.Name);
            }

            if (partition.HasViews)
                newest = Math.Max(newest, partition.NewestEventTime);
            log.Changed(partition.Name);
        }

        return newest;
    }

    /// <param name="begin">Begins the entry of a partition.</param>
    /// <param name="remove">Removes the entry of a partition.</param>
    /// <param name="everything">Whether to write all partitions, or only those that have changed.</param>
    public void Save(Func<string, StateWriter> begin, Action<string> remove, bool everything)
    {
        if (everything)
        {
            foreach (var partition in byName.Keys)
                Write(partition);
        }
        else
        {
            log.Take(Write, remove);
        }

        void Write(string partition) => byName[partition].Save(begin(partition));
    }

    /// <summary>Reads the entry of one partition.</summary>
    public void Load(StateReader reader)
    {
        var partition = PartitionTime.Load(reader, rules, multiplexer, late);
        byName.Add(partition.Name, partition);
        present.Add(partition.Name);
        if (partition.HasViews)
            present.Observe(partition.Name, partition.NewestEventTime);
        log.Loaded(partition.Name);
    }
}
