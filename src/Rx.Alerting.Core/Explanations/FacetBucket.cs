using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The views of a property in some time whose circumstances are known.</summary>
/// <param name="start">Event time in ms since the Unix epoch.</param>
internal sealed class FacetBucket(long start)
{
    /// <summary>A bucket ends after this time (ms), if it has views enough.</summary>
    private const long Shortest = 60_000;

    /// <summary>A bucket ends after this time (ms).</summary>
    private const long Longest = 3_600_000;

    private const int Enough = 16;

    /// <summary>The most error types with a group of their own, and the most rows that failed.</summary>
    private const int MostTypes = 12, MostFailed = 256;

    private const long EmptyBytes = 100;

    public long Start { get; } = start;

    public long End { get; set; } = start;

    /// <summary>Whether an incident was open: what happened then is not normal.</summary>
    public bool IsHeld { get; set; }

    /// <summary>How many entries of the checkpoint have the bucket. Each has the rows that came after the one before.</summary>
    public int Entries { get; set; }

    /// <summary>Whether what the checkpoint has is not true any more, so that the whole bucket is to be written anew.</summary>
    public bool IsRewritten { get; set; }

    /// <summary>Views that succeeded, and those of each error type, in the order in which they came.</summary>
    public List<FacetGroup> Groups { get; } = [];

    /// <summary>Rows of views that succeeded, when <see cref="Limit"/> was called.</summary>
    public int Succeeded { get; private set; }

    /// <summary>Rows of views that failed, when <see cref="Limit"/> was called.</summary>
    public int Failed { get; private set; }

    /// <summary>About how many bytes of memory, by what was kept when <see cref="Limit"/> was called.</summary>
    public long RoomBytes { get; private set; } = EmptyBytes;

    /// <summary>Whether a pane that begins at a time belongs to a later bucket.</summary>
    public bool IsFull(long time) => time >= Start + Longest || (time >= Start + Shortest && Succeeded >= Enough);

    public FacetGroup FindOrAdd(ulong typeHash, ReadOnlySpan<byte> type)
    {
        foreach (var known in Groups)
        {
            if (known.TypeHash == typeHash)
                return known;
        }

        var added = new FacetGroup(typeHash, type.ToArray());
        Groups.Add(added);
        return added;
    }

    /// <summary>Bounds what is kept, however many error types there are. Then counts it.</summary>
    /// <remarks>
    /// The error type with the fewest views becomes one of the other types. Their views failed, too, but nobody can ask why. Then the group
    /// with the most rows gets a higher level: the rows that stay stand for those that are dropped.
    /// </remarks>
    /// <param name="dropped">Gets the values of each dropped row.</param>
    public void Limit(Action<byte[]> dropped)
    {
        while (Groups.Count > MostTypes && Groups.FindAll(group => group.Failed && !group.IsOfOtherTypes) is { Count: > MostTypes } typed)
            Merge(typed.MinBy(group => group.Views)!, dropped);
        Count();
        while (Failed > MostFailed)
        {
            var largest = Groups.FindAll(group => group.Failed && group.Level < PaneSamples.HighestLevel).MaxBy(group => group.Count);
            if (largest is null)
                return;
            largest.Raise(largest.Level + 1, dropped);
            Count();
        }
    }

    /// <summary>Adds what another entry of the checkpoint has of the bucket.</summary>
    /// <param name="later">An entry that was written later.</param>
    public void Append(FacetBucket later)
    {
        (End, IsHeld) = (later.End, later.IsHeld);
        foreach (var added in later.Groups)
        {
            var group = FindOrAdd(added.TypeHash, added.Type);
            group.Raise(added.Level, _ => { });
            group.AddAll(added);
        }
    }

    /// <summary>The checkpoint has all that the bucket has.</summary>
    public void MarkSaved()
    {
        IsRewritten = false;
        foreach (var group in Groups)
            group.MarkSaved();
    }

    private void Merge(FacetGroup group, Action<byte[]> dropped)
    {
        IsRewritten = true;
        Groups.Remove(group);
        var other = FindOrAdd(FacetGroup.HashOf(FacetGroup.OtherTypes), FacetGroup.OtherTypes);
        other.Raise(group.Level, dropped);
        group.Raise(other.Level, dropped);
        other.AddAll(group);
        other.Limit(dropped);
    }

    /// <summary>Counts what is kept.</summary>
    public void Count()
    {
        (Succeeded, Failed, RoomBytes) = (0, 0, EmptyBytes);
        foreach (var group in Groups)
        {
            if (group.Failed)
                Failed += group.Count;
            else
                Succeeded += group.Count;
            RoomBytes += group.RoomBytes;
        }
    }
}
