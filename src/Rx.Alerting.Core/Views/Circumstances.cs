using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>In which circumstances a view was watched. All failed views have them, and a sample of the views that succeeded.</summary>
public struct Circumstances
{
    /// <summary>Of the view's contents. Sampled views are thinned further by its low bits, so arrival order leaves no trace.</summary>
    public ulong Hash;

    public DimensionValues Values;
}

/// <summary>Which views keep their circumstances: chosen by contents, so a sample is the same however views arrive.</summary>
public readonly struct CircumstanceSample
{
    /// <summary>Unless a decoder was made otherwise, one in so many views that succeeded is in the sample.</summary>
    public const int Every = 8;

    private readonly ulong mask;

    /// <param name="every">One in so many views that succeeded is in the sample. A power of two.</param>
    public CircumstanceSample(int every)
    {
        if (!int.IsPow2(every))
            throw new ArgumentOutOfRangeException(nameof(every), every, "must be a power of two");
        mask = (ulong)every - 1;
    }

    /// <summary>Whether a view keeps its circumstances. A failed view does.</summary>
    /// <param name="view">Its event time, its keys and its failure are known.</param>
    /// <param name="id">What the record says of itself and no other record does. May be empty.</param>
    /// <param name="hash">As <see cref="Circumstances.Hash"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(in View view, ReadOnlySpan<byte> id, out ulong hash)
    {
        hash = KeyHash.Combine(KeyHash.Combine(view.PropertyHash, view.TitleHash), (ulong)view.EventTime ^ KeyHash.Of(id));
        return (hash & mask) == 0 || view.Failed;
    }
}
