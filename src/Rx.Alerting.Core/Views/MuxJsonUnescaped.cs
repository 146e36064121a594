namespace Rx.Alerting.Core.Views;

/// <summary>Reads a record that is no JSON only because quotes within its texts are not escaped.</summary>
/// <remarks>
/// <para>
/// Such records are made by programs that put JSON together by hand. Messages of failures are what has quotes in it, so
/// without this failures would be lost and successes counted.
/// </para>
/// <para>
/// A quote closes a text if another member follows (<c>,"name":</c>) or the end of the record. Property and time may have no such quotes. A needed
/// name that comes twice is a sign of two records that were written into one another: then the record stays malformed.
/// </para>
/// </remarks>
internal static class MuxJsonUnescaped
{
    /// <summary>Reads names and values from the brace that opens the object to the one that closes it.</summary>
    /// <returns>The position behind the brace, or -1.</returns>
    internal static int Members(ReadOnlySpan<byte> json, int at, int offset, ref MuxValues values)
    {
        values = default;
        for (var separator = '{'; ; separator = ',')
        {
            var start = MuxJsonDecoder.Name(json, at, separator, out var field);
            if (start < 0)
                return -1;
            start = JsonSyntax.Blanks(json, start);
            at = MuxJsonDecoder.Value(json, start, out var kind);
            if (at >= 0 && kind is MuxValueKind.Text or MuxValueKind.EscapedText && MayHaveQuotes(field))
                at = End(json, at);
            if (at < 0)
                return -1;
            if (field != MuxField.None)
            {
                if (!MuxJsonDecoder.Fits(kind, field) || values[(int)field].Kind != MuxValueKind.Absent)
                    return -1;
                values[(int)field] = MuxJsonDecoder.ValueAt(json[start..at], kind, offset + start);
            }

            var end = JsonSyntax.Blanks(json, at);
            if (JsonSyntax.At(json, end) == '}')
                return end + 1;
        }
    }

    private static bool MayHaveQuotes(MuxField field) => field is not (MuxField.PropertyId or MuxField.ViewEnd);

    /// <summary>Passes over the rest of a text.</summary>
    /// <param name="json">The record.</param>
    /// <param name="at">Behind the first quote that might close the text.</param>
    private static int End(ReadOnlySpan<byte> json, int at)
    {
        while (at >= 0 && !IsBeforeMember(json, at) && !IsBeforeEnd(json, at))
        {
            at = JsonSyntax.String(json, at, out _);
            if (at >= 0)
                at++;
        }

        return at;
    }

    private static bool IsBeforeMember(ReadOnlySpan<byte> json, int at) => MuxJsonDecoder.Name(json, at, ',', out _) >= 0;

    private static bool IsBeforeEnd(ReadOnlySpan<byte> json, int at)
    {
        at = JsonSyntax.Blanks(json, at);
        return JsonSyntax.At(json, at) == '}' && JsonSyntax.Blanks(json, at + 1) == json.Length;
    }
}
