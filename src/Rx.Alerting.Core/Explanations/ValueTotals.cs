namespace Rx.Alerting.Core.Explanations;

/// <summary>Of the values of all dimensions of a property: how many they are, how long, and which dimensions have changed.</summary>
internal sealed class ValueTotals
{
    private const long ValueBytes = 64;

    private uint changed;

    public int Count { get; private set; }

    /// <summary>About how many bytes of memory.</summary>
    public long RoomBytes { get; private set; }

    public void Added(ReadOnlySpan<byte> text)
    {
        Count++;
        RoomBytes += text.Length + ValueBytes;
    }

    public void Removed(ReadOnlySpan<byte> text)
    {
        Count--;
        RoomBytes -= text.Length + ValueBytes;
    }

    /// <summary>A dimension has something to save.</summary>
    public void Changed(int dimension) => changed |= 1u << dimension;

    /// <summary>The dimensions that have something to save since the last call, as bits.</summary>
    public uint TakeChanged()
    {
        var taken = changed;
        changed = 0;
        return taken;
    }
}
