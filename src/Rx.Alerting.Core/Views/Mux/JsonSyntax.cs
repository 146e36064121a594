using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>
/// Where the parts of JSON (RFC 8259) end: strictly, without comments and trailing commas, at most 64 levels deep. Unlike the
/// framework's reader it does not throw for what is no JSON, so that rubbish costs no more than records.
/// </summary>
/// <remarks>
/// Within strings the syntax is lenient, because a text must not cost a view. Any byte may be there, also a control character, and
/// a backslash may stand before any byte: where the string ends is never in doubt.
/// Pure functions of the text and a position in it. They give the position behind the part, or -1.
/// The position is never in memory: reading one part waits for the end of the one before, which is most of what it costs.
/// </remarks>
internal static class JsonSyntax
{
    internal const int MaximumDepth = 64;

    /// <summary>The byte at a position; 0, which is no part of JSON's syntax, behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte At(ReadOnlySpan<byte> json, int at) => (uint)at < (uint)json.Length ? json[at] : (byte)0;

    /// <summary>Passes over blanks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Blanks(ReadOnlySpan<byte> json, int at) =>
        (uint)at < (uint)json.Length && json[at] <= ' ' ? SomeBlanks(json, at) : at;

    /// <summary>Passes over a string.</summary>
    /// <param name="json">The text.</param>
    /// <param name="at">Behind the opening quote.</param>
    /// <param name="escaped">Whether there are escapes in the string.</param>
    /// <returns>The position of the closing quote.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int String(ReadOnlySpan<byte> json, int at, out bool escaped)
    {
        // Most strings end plainly within the first 32 bytes.
        if ((uint)at + (uint)Vector256<byte>.Count <= (uint)json.Length)
        {
            var bytes = Vector256.Create(json.Slice(at, Vector256<byte>.Count));
            var special = Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'));
            var end = at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            if ((uint)end < (uint)json.Length && json[end] == '"')
            {
                escaped = false;
                return end;
            }
        }

        return AnyString(json, at, out escaped);
    }

    /// <summary>Passes over a number that begins at a position.</summary>
    internal static int Number(ReadOnlySpan<byte> json, int at)
    {
        if (At(json, at) == '-')
            at++;
        var whole = at;
        at = Digits(json, at);
        if (at < 0 || (json[whole] == '0' && at - whole > 1))
            return -1;
        if (At(json, at) == '.')
            at = Digits(json, at + 1);
        if (at < 0 || (At(json, at) | 0x20) != 'e')
            return at;
        at++;
        return Digits(json, At(json, at) is (byte)'+' or (byte)'-' ? at + 1 : at);
    }

    /// <summary>Passes over <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>: no JSON, but written by Python where a number is missing.</summary>
    internal static int NotANumber(ReadOnlySpan<byte> json, int at)
    {
        if (At(json, at) == 'N')
            return Literal(json, at, "NaN"u8);
        return Literal(json, At(json, at) == '-' ? at + 1 : at, "Infinity"u8);
    }

    /// <summary>Passes over a literal that begins at a position.</summary>
    internal static int Literal(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> literal) =>
        json[at..].StartsWith(literal) ? at + literal.Length : -1;

    /// <summary>Passes over the object or array that begins at a position, inside an outermost object, without recursion.</summary>
    internal static int Nested(ReadOnlySpan<byte> json, int at)
    {
        // Of the levels within the outermost object, the lowest bit tells whether the innermost is an object.
        var depth = 1;
        ulong objects = 0;
        while (at >= 0)
        {
            at = Blanks(json, at);
            var opened = At(json, at) is (byte)'{' or (byte)'[';
            if (opened)
            {
                if (++depth > MaximumDepth)
                    return -1;
                objects = (objects << 1) | (json[at] == '{' ? 1UL : 0);
                at = Blanks(json, at + 1);
            }
            else
            {
                at = Scalar(json, at);
                if (at < 0)
                    return -1;
                at = Blanks(json, at);
            }

            while (At(json, at) == ((objects & 1) != 0 ? '}' : ']'))
            {
                at++;
                if (--depth == 1)
                    return at;
                at = Blanks(json, at);
                objects >>= 1;
                opened = false;
            }

            if (!opened)
            {
                if (At(json, at) != ',')
                    return -1;
                at++;
            }

            if ((objects & 1) != 0)
                at = Name(json, at);
        }

        return -1;
    }

    private static int Name(ReadOnlySpan<byte> json, int at)
    {
        at = Blanks(json, at);
        if (At(json, at) != '"')
            return -1;
        at = AnyString(json, at + 1, out _);
        if (at < 0)
            return -1;
        at = Blanks(json, at + 1);
        return At(json, at) == ':' ? at + 1 : -1;
    }

    private static int Scalar(ReadOnlySpan<byte> json, int at)
    {
        switch (At(json, at))
        {
            case (byte)'"':
                at = AnyString(json, at + 1, out _);
                return at < 0 ? -1 : at + 1;
            case (byte)'n':
                return Literal(json, at, "null"u8);
            case (byte)'t':
                return Literal(json, at, "true"u8);
            case (byte)'f':
                return Literal(json, at, "false"u8);
            default:
                var end = Number(json, at);
                return end < 0 ? NotANumber(json, at) : end;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int AnyString(ReadOnlySpan<byte> json, int at, out bool escaped)
    {
        escaped = false;
        while (at < json.Length)
        {
            var plain = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (plain < 0)
                return -1;
            at += plain;
            if (json[at] == '"')
                return at;

            // The digits of \u0041 need no look: none of them can end the string.
            escaped = true;
            at += 2;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SomeBlanks(ReadOnlySpan<byte> json, int at)
    {
        while (At(json, at) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return at;
    }

    private static int Digits(ReadOnlySpan<byte> json, int at)
    {
        var start = at;
        while (char.IsAsciiDigit((char)At(json, at)))
            at++;
        return at > start ? at : -1;
    }
}
