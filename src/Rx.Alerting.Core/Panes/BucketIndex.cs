namespace Rx.Alerting.Core.Panes;

/// <summary>
/// The heads of a hash table's chains; the chained items live in their owner's array. A small table is cleared whole; a larger
/// one by one store for each item in use, so that a table which once was large is cheap to use for a small pane.
/// </summary>
internal struct BucketIndex()
{
    private const int Small = 32;

    private int[] heads = NewHeads(16);

    /// <summary>Bytes of memory.</summary>
    public readonly long RoomBytes => (long)heads.Length * sizeof(int);

    /// <summary>True when <paramref name="count"/> items want a larger table; the owner then calls <see cref="Grow"/> and links all anew.</summary>
    public readonly bool IsFull(int count) => count >= heads.Length;

    /// <summary>The first item of the chain of <paramref name="hash"/>, or -1.</summary>
    public readonly ref int Head(ulong hash) => ref heads[(int)(hash ^ (hash >> 32)) & (heads.Length - 1)];

    /// <summary>Puts an item first into its chain.</summary>
    public readonly void Link(ulong hash, int item, ref int next)
    {
        ref var head = ref Head(hash);
        next = head;
        head = item;
    }

    /// <summary>Empties a small table. False if it is larger: the owner then sets the head of every item to -1.</summary>
    public readonly bool TryClear()
    {
        if (heads.Length > Small)
            return false;
        heads.AsSpan().Fill(-1);
        return true;
    }

    public void Grow() => heads = NewHeads(heads.Length * 2);

    private static int[] NewHeads(int length)
    {
        var heads = new int[length];
        Array.Fill(heads, -1);
        return heads;
    }
}
