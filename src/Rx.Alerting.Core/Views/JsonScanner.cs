using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rx.Alerting.Core.Views;

/// <summary>
/// Reads JSON (RFC 8259) forwards and strictly: no comments, no trailing commas, 64 levels. Unlike the framework's reader it
/// does not throw for what is no JSON, so that rubbish costs no more than records.
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

    /// <summary>Takes a name and its colon; <see cref="MuxValueKind.Absent"/> if they are not next.</summary>
    internal MuxValue TakeName()
    {
        var name = TakeString();
        return TryTake((byte)':') ? name : default;
    }

    /// <summary>Takes a value, of an object or an array only that it is one; <see cref="MuxValueKind.Absent"/> if none is next.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal MuxValue TakeValue()
    {
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
            SkipBlanks();
        if ((uint)at >= (uint)json.Length)
            return default;
        return json[at] switch
        {
            (byte)'"' => TakeString(),
            (byte)'n' => TakeLiteral("null"u8, MuxValueKind.Null),
            (byte)'t' => TakeLiteral("true"u8, MuxValueKind.True),
            (byte)'f' => TakeLiteral("false"u8, MuxValueKind.False),
            (byte)'{' or (byte)'[' => TakeNested(),
            _ => TakeNumber(),
        };
    }

    private void SkipBlanks()
    {
        while ((uint)at < (uint)json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private MuxValue TakeString()
    {
        if (!TryTake((byte)'"'))
            return default;
        var start = at;
        var kind = MuxValueKind.Text;
        while (true)
        {
            var plain = IndexOfSpecial(json[at..]);
            if (plain < 0)
                return default;
            at += plain;
            if (json[at] == '"')
                return new(kind, new(offset + start, at++ - start));
            if (!TryEscape())
                return default;
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

    private MuxValue TakeLiteral(ReadOnlySpan<byte> literal, MuxValueKind kind)
    {
        if (!json[at..].StartsWith(literal))
            return default;
        at += literal.Length;
        return new(kind, default);
    }

    private MuxValue TakeNumber()
    {
        var start = at;
        if (json[at] == '-')
            at++;
        var whole = at;
        if (!TryDigits() || (json[whole] == '0' && at - whole > 1))
            return default;
        if (Peek() == '.')
        {
            at++;
            if (!TryDigits())
                return default;
        }

        if ((Peek() | 0x20) == 'e')
        {
            at++;
            if (Peek() is '+' or '-')
                at++;
            if (!TryDigits())
                return default;
        }

        return new(MuxValueKind.Number, new(offset + start, at - start));
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
    private MuxValue TakeNested()
    {
        // The record's own object is the first level; of the levels within it, the lowest bit tells whether the innermost is an object.
        var depth = 1;
        ulong objects = 0;
        while (true)
        {
            var isObject = TryTake((byte)'{');
            var opened = isObject || TryTake((byte)'[');
            if (opened)
                objects = (objects << 1) | (isObject ? 1UL : 0);
            if (opened ? ++depth > MaximumDepth : TakeValue().Kind == MuxValueKind.Absent)
                return default;

            while (TryTake((objects & 1) != 0 ? (byte)'}' : (byte)']'))
            {
                opened = false;
                objects >>= 1;
                if (--depth == 1)
                    return new(MuxValueKind.Nested, default);
            }

            if (!opened && !TryTake((byte)','))
                return default;
            if ((objects & 1) != 0 && TakeName().Kind == MuxValueKind.Absent)
                return default;
        }
    }
}
