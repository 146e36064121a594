using System.Text;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Reads members of JSON records by their names. Only members of the record itself, not those of objects within it.</summary>
/// <param name="names">The names.</param>
internal sealed class MuxJsonFurther(IReadOnlyList<string> names) : IFurtherFields
{
    private readonly byte[][] names = [.. names.Select(Encoding.UTF8.GetBytes)];

    public int Count => names.Length;

    public void Read(ViewBatch batch, TextRange record, Span<TextRange> values)
    {
        Span<MuxValue> found = stackalloc MuxValue[names.Length];
        if (!TryMembers(batch.Bytes(record), record.Offset, isLenient: false, found))
        {
            found.Clear();
            TryMembers(batch.Bytes(record), record.Offset, isLenient: true, found);
        }

        for (var i = 0; i < found.Length; i++)
            values[i] = LongText.Shown(batch, MuxProjection.Text(batch, found[i]));
    }

    /// <summary>Reads all members.</summary>
    /// <param name="json">The record.</param>
    /// <param name="offset">Where it begins in the batch's text.</param>
    /// <param name="isLenient">Whether values may be as <see cref="MuxJsonUnescaped"/> reads them.</param>
    /// <param name="found">Gets the values.</param>
    private bool TryMembers(ReadOnlySpan<byte> json, int offset, bool isLenient, Span<MuxValue> found)
    {
        var at = JsonSyntax.Blanks(json, 0);
        for (var separator = '{'; ; separator = ',')
        {
            var start = MuxJsonDecoder.NameAt(json, at, separator, out var name, out var escaped);
            if (start < 0)
                return false;
            start = JsonSyntax.Blanks(json, start);
            at = Value(json, start, offset, isLenient, out var value);
            if (at < 0)
                return false;
            Put(value, json[name], escaped, found);
            if (MuxJsonUnescaped.Close(json, at) > 0)
                return true;
        }
    }

    private static int Value(ReadOnlySpan<byte> json, int start, int offset, bool isLenient, out MuxValue value)
    {
        if (isLenient)
            return MuxJsonUnescaped.Value(json, start, MuxField.None, offset, out value);
        value = default;
        var end = MuxJsonDecoder.Value(json, start, out var kind);
        if (end < 0)
            return -1;

        // As a dimension, false tells views apart as true does.
        value = kind == MuxValueKind.False
            ? new(MuxValueKind.True, new(offset + start, end - start))
            : MuxJsonDecoder.ValueAt(json[start..end], kind, offset + start);
        return end;
    }

    /// <summary>Keeps a value wherever its name was asked for: one field may be two dimensions.</summary>
    private void Put(in MuxValue value, ReadOnlySpan<byte> name, bool escaped, Span<MuxValue> found)
    {
        Span<byte> text = stackalloc byte[256];
        scoped var plain = name;
        if (escaped && name.Length <= text.Length)
            plain = text[..JsonEscapes.Unescape(name, text)];
        for (var i = 0; i < names.Length; i++)
        {
            if (plain.SequenceEqual(names[i]))
                found[i] = value;
        }
    }
}
