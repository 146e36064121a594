namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Reads the fields of one Protocol Buffers message, one after the other, without allocating or throwing.</summary>
/// <param name="text">The bytes that have the message in them.</param>
/// <param name="start">Where the message begins.</param>
/// <param name="end">Where the message ends.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> text, int start, int end)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at = start;

    /// <summary>Reads a whole span as one message.</summary>
    internal ProtobufReader(ReadOnlySpan<byte> message)
        : this(message, 0, message.Length)
    {
    }

    internal int Field { get; private set; }

    internal WireType Type { get; private set; }

    /// <summary>The varint of the latest field. For a field of bytes: how many bytes.</summary>
    internal ulong Value { get; private set; }

    /// <summary>Where the bytes of the latest field begin in the text.</summary>
    internal readonly int Start => at - (int)Value;

    internal readonly bool AtEnd => at == end;

    internal readonly ReadOnlySpan<byte> Bytes => text.Slice(Start, (int)Value);

    /// <summary>Reads one field with its value.</summary>
    /// <returns>False if the field is not well formed, a group, or cut off. Nothing more can be read then.</returns>
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
