namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Reads a record that is whole, but no JSON: quotes within texts are not escaped, or values have another notation.</summary>
/// <remarks>
/// <para>
/// Programs that put JSON together by hand write such records. Error messages have quotes in them more often than other texts, so without
/// this class failures would be lost and successes counted.
/// </para>
/// <list type="bullet">
/// <item>A quote closes a text if another member (<c>,"name":</c>) or the end of the record follows. A quote behind a backslash closes a
/// text only if it is the text's first quote (<c>"C:\"</c>).</item>
/// <item>A comma may stand before the closing brace.</item>
/// <item>A value may be any that <see cref="MuxJsonOdd"/> reads.</item>
/// <item>Names, property and time must be as in JSON.</item>
/// <item>A needed name that comes twice is a sign of two records that were written into one another. The record stays malformed.</item>
/// </list>
/// </remarks>
internal static class MuxJsonUnescaped
{
    /// <summary>Reads all members, from the opening brace to the closing brace.</summary>
    /// <returns>The position behind the closing brace, or -1.</returns>
    internal static int Members(ReadOnlySpan<byte> json, int at, int offset, ref MuxValues values)
    {
        values = default;
        for (var separator = '{'; ; separator = ',')
        {
            var start = MuxJsonDecoder.Name(json, at, separator, out var field);
            if (start < 0)
                return -1;
            start = JsonSyntax.Blanks(json, start);
            at = Value(json, start, field, offset, out var value);
            if (at < 0)
                return -1;
            if (field != MuxField.None)
            {
                if (values[(int)field].Kind != MuxValueKind.Absent)
                    return -1;
                values[(int)field] = value;
            }

            if (Close(json, at) is > 0 and var end)
                return end;
        }
    }

    /// <summary>Skips a value.</summary>
    /// <returns>The position behind the value, or -1.</returns>
    internal static int Value(ReadOnlySpan<byte> json, int start, MuxField field, int offset, out MuxValue value)
    {
        value = default;
        var end = MuxJsonDecoder.Value(json, start, out var kind);
        if (JsonSyntax.At(json, start) == '"' && !IsStrict(field))
        {
            end = TextEnd(json, start + 1, (byte)'"');
            kind = end >= 0 && json[start..end].Contains((byte)'\\') ? MuxValueKind.EscapedText : MuxValueKind.Text;
        }

        var isFollowed = end >= 0 && JsonSyntax.At(json, JsonSyntax.Blanks(json, end)) is (byte)',' or (byte)'}';
        if (!IsStrict(field) && !isFollowed)
            return MuxJsonOdd.Value(json, start, field, offset, out value);
        if (end < 0 || !MuxJsonDecoder.Fits(kind, field))
            return -1;
        value = MuxJsonDecoder.ValueAt(json[start..end], kind, offset + start);
        return end;
    }

    private static bool IsStrict(MuxField field) => field is MuxField.PropertyId or MuxField.ViewEnd;

    /// <summary>Skips the rest of a text.</summary>
    /// <param name="json">The record.</param>
    /// <param name="at">The position behind the opening quote.</param>
    /// <param name="quote">The kind of the opening quote.</param>
    /// <returns>The position behind the closing quote, or -1.</returns>
    internal static int TextEnd(ReadOnlySpan<byte> json, int at, byte quote)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var next = json[at..].IndexOf(quote);
            if (next < 0)
                return -1;
            var escaped = (next - json.Slice(at, next).TrimEnd((byte)'\\').Length) % 2 != 0;
            at += next + 1;
            if ((isFirst || !escaped) && (IsBeforeMember(json, at) || IsBeforeEnd(json, at)))
                return at;
        }
    }

    private static bool IsBeforeMember(ReadOnlySpan<byte> json, int at) => MuxJsonDecoder.Name(json, at, ',', out _) >= 0;

    private static bool IsBeforeEnd(ReadOnlySpan<byte> json, int at) =>
        Close(json, at) is > 0 and var end && JsonSyntax.Blanks(json, end) == json.Length;

    /// <summary>Skips the closing brace, and a comma before the brace.</summary>
    /// <returns>The position behind the closing brace, or -1.</returns>
    internal static int Close(ReadOnlySpan<byte> json, int at)
    {
        at = JsonSyntax.Blanks(json, at);
        if (JsonSyntax.At(json, at) == ',')
            at = JsonSyntax.Blanks(json, at + 1);
        return JsonSyntax.At(json, at) == '}' ? at + 1 : -1;
    }
}
