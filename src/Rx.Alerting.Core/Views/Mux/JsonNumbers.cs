namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Makes keys of JSON numbers: <c>7</c>, <c>7.0</c> and <c>70e-1</c> are one number, so they must be one key.</summary>
internal static class JsonNumbers
{
    /// <summary>Digits of the largest 64-bit number.</summary>
    private const int MaximumDigits = 20;

    /// <summary>
    /// The number's text. A whole number of at most 20 digits loses its point and its exponent. Every other number stays as it is written.
    /// </summary>
    internal static TextRange Text(ViewBatch batch, TextRange number)
    {
        var text = batch.Bytes(number);
        if (!text.ContainsAny((byte)'.', (byte)'e', (byte)'E') && !text.SequenceEqual("-0"u8))
            return number;
        if (!DecimalText.TryRead(text, out var value) || !value.IsWhole || value.WholeDigits > MaximumDigits)
            return number;
        Span<byte> digits = stackalloc byte[MaximumDigits + 1];
        return batch.Append(digits[..value.WriteWhole(digits)]);
    }

    internal static bool IsZero(ReadOnlySpan<byte> number) => DecimalText.TryRead(number, out var value) && value.IsZero;
}
