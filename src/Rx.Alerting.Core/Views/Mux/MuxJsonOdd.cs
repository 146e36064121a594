using System.Text;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Values that are no JSON, but leave no doubt what they say.</summary>
internal static class MuxJsonOdd
{
    /// <summary>
    /// Passes over a text in single quotes, a bare word (<c>fastly</c>, <c>+5</c>, <c>01234</c>), nothing at all, or, in a field that is not needed, an object or
    /// array of any depth with any values.
    /// </summary>
    /// <remarks>
    /// Words for nothing (<c>None</c>, <c>undefined</c>) become null, all others the text that they are. That holds for error types, too: if only one of
    /// <c>None</c> and <c>fatal</c> could be read, the views that failed would be lost, or those that did not.
    /// </remarks>
    /// <param name="json">The record.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="field">Whose value it is.</param>
    /// <param name="offset">Of the record.</param>
    /// <param name="value">What it says.</param>
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
        // An error type of 0 is none, however the zero is written.
        if (field is >= MuxField.ErrorType and < MuxField.FirstDimension && word.Trim("+-.0xX"u8).IsEmpty)
            return true;
        return Ascii.EqualsIgnoreCase(word, "none"u8) || Ascii.EqualsIgnoreCase(word, "undefined"u8) || Ascii.EqualsIgnoreCase(word, "false"u8)
            || Ascii.EqualsIgnoreCase(word, "null"u8) || Ascii.EqualsIgnoreCase(word, "nan"u8);
    }

    /// <summary>Passes over an object or an array, of which only the brackets and the texts are looked at.</summary>
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
