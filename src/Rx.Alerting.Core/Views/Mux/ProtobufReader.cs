namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Reads the fields of one message of Protocol Buffers, one after the other, without allocating or throwing.</summary>
/// <param name="text">What the message is in.</param>
/// <param name="start">Where it begins.</param>
/// <param name="end">Where it ends.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> text, int start, int end)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at = start;

    /// <summary>Reads a message that is all of <paramref name="message"/>.</summary>
    internal ProtobufReader(ReadOnlySpan<byte> message)
        : this(message, 0, message.Length)
    {
    }

    internal int Field { get; private set; }

    internal WireType Type { get; private set; }

    /// <summary>The last field's varint; of bytes, their number.</summary>
    internal ulong Value { get; private set; }

    /// <summary>Where the last field's bytes begin in the text.</summary>
    internal readonly int Start => at - (int)Value;

    internal readonly bool AtEnd => at == end;

    internal readonly ReadOnlySpan<byte> Bytes => text.Slice(Start, (int)Value);

    /// <summary>Reads one field with its value. False if it is not well formed, is a group, or is cut off; nothing can be read then any more.</summary>
    internal bool TryRead()
    {
        var behind = ProtobufSyntax.Tag(text, at, end, out var tag);
        if (behind < 0)
            return false;
        Field = (int)(tag >> 3);
        Type = (WireType)(tag & 7);
        ulong value = 0;
        behind = Type switch
        {
            WireType.Varint or WireType.Bytes => ProtobufSyntax.Varint(text, behind, end, out value),
            WireType.Fixed64 when end - behind >= 8 => behind + 8,
            WireType.Fixed32 when end - behind >= 4 => behind + 4,
            _ => -1,
        };
        if (behind < 0 || (Type == WireType.Bytes && value > (uint)(end - behind)))
            return false;
        Value = value;
        at = Type == WireType.Bytes ? behind + (int)value : behind;
        return true;
    }
}
