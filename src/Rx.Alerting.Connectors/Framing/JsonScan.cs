using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Connectors.Framing;

internal enum JsonScanResult
{
    /// <summary>The bytes end before the object does.</summary>
    Open,

    /// <summary>The object is whole.</summary>
    Closed,

    /// <summary>No JSON begins like this.</summary>
    Broken,
}

/// <summary>Tells where an object ends, so far as its braces, its strings and their order tell: literals are not looked at.</summary>
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

    /// <param name="json">Begins with the brace that opens the object.</param>
    /// <param name="at">Behind the object; where it is broken; or the number of bytes.</param>
    internal static JsonScanResult Object(ReadOnlySpan<byte> json, out int at)
    {
        // Of the open levels the lowest bit tells whether the innermost is an object.
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
    /// <param name="at">The opening quote; then behind the closing one, or at the line end that must not be in a string.</param>
    /// <param name="result">What the object is, if the string has no end.</param>
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
