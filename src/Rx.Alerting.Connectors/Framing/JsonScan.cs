using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Connectors.Framing;

internal enum JsonScanResult
{
    /// <summary>The bytes end before the object does.</summary>
    Open,

    /// <summary>The object is whole.</summary>
    Closed,

    /// <summary>The bytes cannot become a JSON object.</summary>
    Broken,
}

/// <summary>Tells where an object ends, from its braces, its strings and their order. Literals are not checked.</summary>
internal static class JsonScan
{
    private enum Expected
    {
        FirstName,
        Name,
        Colon,
        FirstValue,
        Value,
        Separator,
    }

    /// <param name="json">Text that begins with the brace that opens the object.</param>
    /// <param name="at">Closed: the position behind the object. Broken: where it is broken. Open: the number of bytes.</param>
    internal static JsonScanResult Object(ReadOnlySpan<byte> json, out int at)
    {
        // A bit for each open level, the innermost lowest: 1 for an object, 0 for an array.
        var (depth, objects, expected) = (1, 1UL, Expected.FirstName);
        for (at = 1; at < json.Length;)
        {
            var next = json[at];
            if (next <= ' ')
            {
                at++;
                continue;
            }

            var inObject = (objects & 1) != 0;
            switch (next)
            {
                case (byte)'"' when expected != Expected.Colon && expected != Expected.Separator:
                    if (!String(json, ref at, out var result))
                        return result;
                    expected = expected is Expected.FirstName or Expected.Name ? Expected.Colon : Expected.Separator;
                    continue;
                case (byte)':' when expected == Expected.Colon:
                    expected = Expected.Value;
                    break;
                case (byte)',' when expected == Expected.Separator:
                    expected = inObject ? Expected.Name : Expected.Value;
                    break;
                case (byte)'{' or (byte)'[' when expected is Expected.FirstValue or Expected.Value && depth < JsonSyntax.MaximumDepth:
                    depth++;
                    objects = (objects << 1) | (next == '{' ? 1UL : 0);
                    expected = next == '{' ? Expected.FirstName : Expected.FirstValue;
                    break;
                case (byte)'}' when inObject && expected is Expected.FirstName or Expected.Separator:
                case (byte)']' when !inObject && expected is Expected.FirstValue or Expected.Separator:
                    objects >>= 1;
                    expected = Expected.Separator;
                    if (--depth > 0)
                        break;
                    at++;
                    return JsonScanResult.Closed;
                default:
                    if (expected is not (Expected.FirstValue or Expected.Value) || !IsLiteral(next))
                        return JsonScanResult.Broken;
                    while (++at < json.Length && IsLiteral(json[at]))
                    {
                    }

                    expected = Expected.Separator;
                    continue;
            }

            at++;
        }

        return JsonScanResult.Open;
    }

    /// <summary>Passes over a string.</summary>
    /// <param name="json">The text.</param>
    /// <param name="at">Before: the opening quote. After: behind the closing quote, or at a line end, which must not be in a
    /// string.</param>
    /// <param name="result">The result for the whole object, if the string has no end.</param>
    private static bool String(ReadOnlySpan<byte> json, ref int at, out JsonScanResult result)
    {
        result = JsonScanResult.Open;
        for (at++; at < json.Length;)
        {
            var plain = json[at..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
            if (plain < 0)
                break;
            at += plain;
            switch (json[at])
            {
                case (byte)'"':
                    at++;
                    return true;
                case (byte)'\n':
                    result = JsonScanResult.Broken;
                    return false;
                default:
                    at += at + 1 < json.Length && json[at + 1] == '\n' ? 1 : 2;
                    break;
            }
        }

        at = json.Length;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLiteral(byte next) => char.IsAsciiLetterOrDigit((char)next) || next is (byte)'-' or (byte)'+' or (byte)'.';
}
