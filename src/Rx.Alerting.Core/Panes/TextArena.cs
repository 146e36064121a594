using System.Numerics;
using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>Texts, end to end in one growing buffer. Clearing the arena keeps the buffer.</summary>
internal struct TextArena()
{
    private byte[] bytes = new byte[64];

    public int Length { get; private set; }

    /// <summary>Bytes of memory, used or not.</summary>
    public readonly int RoomBytes => bytes.Length;

    public TextRange Append(ReadOnlySpan<byte> text)
    {
        var range = new TextRange(Take(text.Length), text.Length);
        text.CopyTo(bytes.AsSpan(range.Offset));
        return range;
    }

    /// <summary>Room behind the last text. What is written there is a text when it is taken by <see cref="Append(int)"/>.</summary>
    public Span<byte> Room(int length)
    {
        if (bytes.Length - Length < length)
            Grow(length);
        return bytes.AsSpan(Length, length);
    }

    /// <summary>Takes a text that was written into the room behind the last one.</summary>
    public TextRange Append(int length) => new(Take(length), length);

    /// <summary>
    /// Replaces a slot's text. The slot gets new room only if the text does not fit, and then with some to spare. So a text that changes
    /// often takes little more room than its longest value.
    /// </summary>
    public void Replace(ref TextSlot slot, ReadOnlySpan<byte> text)
    {
        if (text.Length > slot.Room)
        {
            var room = (int)BitOperations.RoundUpToPowerOf2((uint)text.Length);
            slot = new TextSlot(Take(room), 0, room);
        }

        text.CopyTo(bytes.AsSpan(slot.Offset));
        slot = slot with { Length = text.Length };
    }

    public readonly ReadOnlySpan<byte> this[TextRange range] => bytes.AsSpan(range.Offset, range.Length);

    public void Clear() => Length = 0;

    private int Take(int length)
    {
        var offset = Length;
        if (bytes.Length - offset < length)
            Grow(length);
        Length = offset + length;
        return offset;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length) => Array.Resize(ref bytes, Math.Max(Length + length, bytes.Length * 2));
}
