namespace Rx.Alerting.Core.Views;

/// <summary>A decimal number as JSON writes numbers (RFC 8259, section 6), read exactly: floating point would round.</summary>
internal readonly ref struct DecimalText
{
    /// <summary>A larger exponent changes nothing: the number is too large, or too small, already.</summary>
    private const int MaximumExponent = 100_000;

    private readonly ReadOnlySpan<byte> whole;
    private readonly ReadOnlySpan<byte> fraction;

    /// <summary>Digits before the decimal point once the exponent has moved the point.</summary>
    private readonly int point;

    /// <summary>Index of the first digit that is not zero; the number of digits if all digits are zero.</summary>
    private readonly int first;

    private DecimalText(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int exponent, bool negative)
    {
        this.whole = whole;
        this.fraction = fraction;
        IsNegative = negative;
        point = whole.Length + exponent;
        while (first < Count && Digit(first) == 0)
            first++;
    }

    internal bool IsNegative { get; }

    internal bool IsZero => first == Count;

    /// <summary>Whether all decimals are zero.</summary>
    internal bool IsWhole
    {
        get
        {
            for (var i = Math.Max(first, point); i < Count; i++)
            {
                if (Digit(i) != 0)
                    return false;
            }

            return true;
        }
    }

    /// <summary>Digits before the point, without leading zeros.</summary>
    internal int WholeDigits => IsZero ? 0 : Math.Max(0, point - first);

    /// <summary>The first three decimals; further decimals are cut off.</summary>
    internal int Thousandths => (Digit(point) * 100) + (Digit(point + 1) * 10) + Digit(point + 2);

    private int Count => whole.Length + fraction.Length;

    /// <summary>
    /// Reads a text that is one number: a minus, digits, a point with decimals, an exponent. Only the digits before the point are
    /// required. Leading zeros are allowed.
    /// </summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out DecimalText number)
    {
        number = default;
        var negative = text.StartsWith("-"u8);
        var rest = negative ? text[1..] : text;
        var whole = rest[..Digits(rest)];
        if (whole.IsEmpty)
            return false;

        rest = rest[whole.Length..];
        var hasPoint = rest.StartsWith("."u8);
        if (hasPoint)
            rest = rest[1..];
        var fraction = hasPoint ? rest[..Digits(rest)] : [];
        if ((hasPoint && fraction.IsEmpty) || !TryExponent(rest[fraction.Length..], out var exponent))
            return false;
        number = new(whole, fraction, exponent, negative);
        return true;
    }

    /// <summary>The digits before the point as a number. There must be at most 19 digits, else the number overflows.</summary>
    internal ulong Whole()
    {
        ulong number = 0;
        for (var i = first; i < first + WholeDigits; i++)
            number = (number * 10) + (uint)Digit(i);
        return number;
    }

    /// <summary>Writes the sign and the digits before the point. Zero is written without a sign.</summary>
    /// <returns>How many bytes were written: at most <see cref="WholeDigits"/> + 1.</returns>
    internal int WriteWhole(Span<byte> target)
    {
        var length = 0;
        if (IsZero)
            target[length++] = (byte)'0';
        else if (IsNegative)
            target[length++] = (byte)'-';
        for (var i = first; i < first + WholeDigits; i++)
            target[length++] = (byte)('0' + Digit(i));
        return length;
    }

    private int Digit(int index) =>
        (uint)index >= (uint)Count ? 0 : (index < whole.Length ? whole[index] : fraction[index - whole.Length]) - '0';

    /// <summary>How many digits the text begins with.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
            return true;
        if ((text[0] | 0x20) != 'e')
            return false;
        var rest = text[1..];
        var negative = rest.StartsWith("-"u8);
        if (negative || rest.StartsWith("+"u8))
            rest = rest[1..];
        if (rest.IsEmpty || Digits(rest) < rest.Length)
            return false;
        foreach (var digit in rest)
            exponent = Math.Min(MaximumExponent, (exponent * 10) + digit - '0');
        if (negative)
            exponent = -exponent;
        return true;
    }
}
