using System.Text;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Reads values that are no JSON, but whose meaning is beyond doubt.</summary>
internal static class MuxJsonOdd
{
    /// <summary>Skips a value that is no JSON.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>A text in single quotes is that text.</item>
    /// <item>A bare word for nothing (<c>None</c>, <c>undefined</c>) is null.</item>
    /// <item>Any other bare word (<c>fastly</c>, <c>+5</c>, <c>01234</c>) is that text.</item>
    /// <item>No value at all is null.</item>
    /// <item>An object or array is skipped in a field that is not needed, whatever its depth and its values are.</item>
    /// </list>
    /// Error types follow the same rules. If only one of <c>None</c> and <c>fatal</c> could be read, then either all failed views or all
    /// successful views would be lost.
    /// </remarks>
    /// <param name="json">The record.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="field">The field that has the value.</param>
    /// <param name="offset">The record's offset in the batch's text.</param>
    /// <param name="value">The value.</param>
    /// <returns>The position behind the value, or -1.</returns>
    internal static int Value(ReadOnlySpan<byte> json, int start, MuxField field, int offset, out MuxValue value)
    {
        value = new(MuxValueKind.Null, default);
        switch (JsonSyntax.At(json, start))
        {
            case (byte)'{' or (byte)'[':
                return field == MuxField.None ? Nested(json, start) : -1;
            case (byte)'\'':
                var end = MuxJsonUnescaped.TextEnd(json, start + 1, (byte)'\'');
                if (end >= 0)
                    value = new(MuxValueKind.Text, new(offset + start + 1, end - start - 2));
                return end;
            default:
                var length = json[start..].IndexOfAny(" \t\r\n,{}[]\"'"u8);
                if (length > 0 && !IsNothing(json.Slice(start, length), field))
                    value = new(MuxValueKind.Text, new(offset + start, length));
                return length < 0 ? -1 : start + length;
        }
    }

    private static bool IsNothing(ReadOnlySpan<byte> word, MuxField field)
    {
        // An error type of 0 is no error, in any notation of the zero.
        if (field is >= MuxField.ErrorType and < MuxField.FirstDimension && word.Trim("+-.0xX"u8).IsEmpty)
            return true;
        return Ascii.EqualsIgnoreCase(word, "none"u8)
            || Ascii.EqualsIgnoreCase(word, "undefined"u8)
            || Ascii.EqualsIgnoreCase(word, "false"u8)
            || Ascii.EqualsIgnoreCase(word, "null"u8)
            || Ascii.EqualsIgnoreCase(word, "nan"u8);
    }

    /// <summary>Skips an object or array. Only its brackets and its texts are read.</summary>
    private static int Nested(ReadOnlySpan<byte> json, int at)
    {
        for (var depth = 0; ; at++)
        {
            var next = json[at..].IndexOfAny("\"{}[]"u8);
            if (next < 0)
                return -1;
            at += next;
            if (json[at] == '"')
            {
                at = JsonSyntax.String(json, at + 1, out _);
                if (at < 0)
                    return -1;
                continue;
            }

            depth += json[at] is (byte)'{' or (byte)'[' ? 1 : -1;
            if (depth == 0)
                return at + 1;
        }
    }
}
