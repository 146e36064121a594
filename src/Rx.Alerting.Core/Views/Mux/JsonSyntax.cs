using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>
/// Finds where the parts of JSON (RFC 8259) end. Strict: no comments, no trailing commas, at most 64 levels. Unlike the framework's
/// reader, these functions do not throw for invalid JSON, so rubbish costs no more than records.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Strings are lenient, because a text must not reject its view. A string may have any byte, also a control character, and a
/// backslash may stand before any byte. The end of the string is never in doubt.</item>
/// <item>The functions are pure. They take the text and a position, and return the position behind the part, or -1.</item>
/// <item>The position stays in a register. Reading a part must wait for the end of the part before; that wait is most of the cost.</item>
/// </list>
/// </remarks>
internal static class JsonSyntax
{
    internal const int MaximumDepth = 64;

    /// <summary>The byte at a position. Behind the end of the text: 0, which is no part of JSON's syntax.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte At(ReadOnlySpan<byte> json, int at) => (uint)at < (uint)json.Length ? json[at] : (byte)0;

    /// <summary>Skips blanks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Blanks(ReadOnlySpan<byte> json, int at) =>
        (uint)at < (uint)json.Length && json[at] <= ' ' ? SomeBlanks(json, at) : at;

    /// <summary>Skips a string.</summary>
    /// <param name="json">The text.</param>
    /// <param name="at">The position behind the opening quote.</param>
    /// <param name="escaped">Whether the string has escapes.</param>
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

    /// <summary>Skips a number.</summary>
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

    /// <summary>Skips <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>: no JSON, but Python writes them for missing numbers.</summary>
    internal static int NotANumber(ReadOnlySpan<byte> json, int at)
    {
        if (At(json, at) == 'N')
            return Literal(json, at, "NaN"u8);
        return Literal(json, At(json, at) == '-' ? at + 1 : at, "Infinity"u8);
    }

    /// <summary>Skips a literal.</summary>
    internal static int Literal(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> literal) =>
        json[at..].StartsWith(literal) ? at + literal.Length : -1;

    /// <summary>Skips an object or array within the outermost object, without recursion.</summary>
    internal static int Nested(ReadOnlySpan<byte> json, int at)
    {
        // One bit for each level within the outermost object: 1 for an object, 0 for an array. The innermost level is the lowest bit.
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

            // The digits of \u0041 need not be skipped: no digit can end the string.
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
