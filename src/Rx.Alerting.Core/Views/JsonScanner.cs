using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rx.Alerting.Core.Views;

/// <summary>
/// Reads JSON (RFC 8259) forwards and strictly: no comments, no trailing commas, 64 levels. Unlike the framework's reader it
/// answers false to what is no JSON instead of throwing, so that rubbish costs no more than records.
/// </summary>
/// <param name="json">UTF-8, already known to be valid.</param>
/// <param name="offset">Where <paramref name="json"/> begins in the text that the ranges of values point into.</param>
internal ref struct JsonScanner(ReadOnlySpan<byte> json, int offset)
{
    internal const int MaximumDepth = 64;

    /// <summary>What ends the plain part of a string: the quote, the backslash, and the control characters, which must not occur.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), .. "\"\\"u8]);

    private readonly ReadOnlySpan<byte> json = json;
    private readonly int offset = offset;
    private int at;

    /// <summary>Whether nothing but blanks is left.</summary>
    internal bool IsAtEnd()
    {
        SkipBlanks();
        return at == json.Length;
    }

    /// <summary>Takes <paramref name="token"/> and the blanks before it, if it is next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryTake(byte token)
    {
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
            SkipBlanks();
        if ((uint)at >= (uint)json.Length || json[at] != token)
            return false;
        at++;
        return true;
    }

    /// <summary>Takes a name and its colon.</summary>
    internal bool TryName(out MuxValue name) => TryString(out name) && TryTake((byte)':');

    /// <summary>Takes a value; of an object or an array only that it is one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool TryValue(out MuxValue value)
    {
        value = default;
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
            SkipBlanks();
        if ((uint)at >= (uint)json.Length)
            return false;
        return json[at] switch
        {
            (byte)'"' => TryString(out value),
            (byte)'n' => TryLiteral("null"u8, MuxValueKind.Null, out value),
            (byte)'t' => TryLiteral("true"u8, MuxValueKind.True, out value),
            (byte)'f' => TryLiteral("false"u8, MuxValueKind.False, out value),
            (byte)'{' or (byte)'[' => TryNested(out value),
            _ => TryNumber(out value),
        };
    }

    private void SkipBlanks()
    {
        while ((uint)at < (uint)json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryString(out MuxValue value)
    {
        value = default;
        if (!TryTake((byte)'"'))
            return false;
        var start = at;
        var kind = MuxValueKind.Text;
        while (true)
        {
            var plain = IndexOfSpecial(json[at..]);
            if (plain < 0)
                return false;
            at += plain;
            if (json[at] == '"')
            {
                value = new(kind, new(offset + start, at - start));
                at++;
                return true;
            }

            if (!TryEscape())
                return false;
            kind = MuxValueKind.EscapedText;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOfSpecial(ReadOnlySpan<byte> text)
    {
        // Most strings end within the first 32 bytes, which are looked at without a call.
        if (text.Length >= Vector256<byte>.Count)
        {
            var bytes = Vector256.Create(text);
            var special = Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(bytes, Vector256.Create((byte)0x20));
            var found = special.ExtractMostSignificantBits();
            if (found != 0)
                return BitOperations.TrailingZeroCount(found);
        }

        return text.IndexOfAny(Special);
    }

    /// <summary>Takes a backslash and what it escapes. False for everything else, as a control character.</summary>
    private bool TryEscape()
    {
        var rest = json[at..];
        if (rest.Length < 2 || rest[0] != '\\')
            return false;
        if ("\"\\/bfnrt"u8.Contains(rest[1]))
        {
            at += 2;
            return true;
        }

        if (rest[1] != 'u' || rest.Length < 6)
            return false;
        foreach (var digit in rest[2..6])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
        }

        at += 6;
        return true;
    }

    private bool TryLiteral(ReadOnlySpan<byte> literal, MuxValueKind kind, out MuxValue value)
    {
        value = new(kind, default);
        if (!json[at..].StartsWith(literal))
            return false;
        at += literal.Length;
        return true;
    }

    private bool TryNumber(out MuxValue value)
    {
        value = default;
        var start = at;
        if (json[at] == '-')
            at++;
        var whole = at;
        if (!TryDigits() || (json[whole] == '0' && at - whole > 1))
            return false;
        if (Peek() == '.')
        {
            at++;
            if (!TryDigits())
                return false;
        }

        if ((Peek() | 0x20) == 'e')
        {
            at++;
            if (Peek() is '+' or '-')
                at++;
            if (!TryDigits())
                return false;
        }

        value = new(MuxValueKind.Number, new(offset + start, at - start));
        return true;
    }

    private bool TryDigits()
    {
        var start = at;
        while (char.IsAsciiDigit(Peek()))
            at++;
        return at > start;
    }

    private readonly char Peek() => (uint)at < (uint)json.Length ? (char)json[at] : default;

    /// <summary>Passes over an object or an array with all that is in it, without recursion.</summary>
    private bool TryNested(out MuxValue value)
    {
        value = new(MuxValueKind.Nested, default);
        // The record's own object is the first level; of the levels within it, the lowest bit tells whether the innermost is an object.
        var depth = 1;
        ulong objects = 0;
        while (true)
        {
            var isObject = TryTake((byte)'{');
            var opened = isObject || TryTake((byte)'[');
            if (opened)
                objects = (objects << 1) | (isObject ? 1UL : 0);
            if (opened ? ++depth > MaximumDepth : !TryValue(out _))
                return false;

            while (TryTake((objects & 1) != 0 ? (byte)'}' : (byte)']'))
            {
                opened = false;
                objects >>= 1;
                if (--depth == 1)
                    return true;
            }

            if (!opened && !TryTake((byte)','))
                return false;
            if ((objects & 1) != 0 && !TryName(out _))
                return false;
        }
    }
}
