namespace Rx.Alerting.Core.Panes;

/// <summary>
/// The heads of a hash table's chains. The chained items are in their owner's array. A small table is cleared as a whole. A larger table is
/// cleared by one write for each used item, so a table that was large once is cheap for a small pane.
/// </summary>
internal struct BucketIndex()
{
    private const int Small = 32;

    private int[] heads = NewHeads(16);

    /// <summary>Bytes of memory.</summary>
    public readonly long RoomBytes => (long)heads.Length * sizeof(int);

    /// <summary>
    /// Whether <paramref name="count"/> items need a larger table. The owner then calls <see cref="Grow"/>, and links all items again.
    /// </summary>
    public readonly bool IsFull(int count) => count >= heads.Length;

    /// <summary>The first item of a hash's chain, or -1.</summary>
    public readonly ref int Head(ulong hash) => ref heads[(int)(hash ^ (hash >> 32)) & (heads.Length - 1)];

    /// <summary>Puts an item in front of its chain.</summary>
    public readonly void Link(ulong hash, int item, ref int next)
    {
        ref var head = ref Head(hash);
        next = head;
        head = item;
    }

    /// <summary>Clears a small table.</summary>
    /// <returns>False if the table is larger. The owner then sets the head of every item to -1.</returns>
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
