using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>The circumstances of a view as bytes: the number of a dimension, the length of its value, the value, and so on.</summary>
/// <remarks>
/// The title is a dimension, too. Values of more than <see cref="Longest"/> bytes are cut, and end in a hash of the whole.
/// </remarks>
internal static class SampledValues
{
    /// <summary>The dimensions of views, and the title.</summary>
    public const int Dimensions = DimensionValues.Count + 1;

    /// <summary>Index of the title among the dimensions.</summary>
    public const int Title = DimensionValues.Count;

    /// <summary>Length of the longest value in bytes.</summary>
    public const int Longest = 48;

    private const int HashDigits = 16;

    /// <summary>The most bytes of one view.</summary>
    public const int Room = Dimensions * (2 + Longest);

    public static string NameOf(int dimension) => dimension == Title ? "video_id" : DimensionNames.Of((Dimension)dimension);

    /// <summary>Writes the circumstances of a view.</summary>
    /// <returns>How many bytes.</returns>
    public static int Write(ViewBatch batch, in View view, Span<byte> destination)
    {
        var length = 0;
        var values = (ReadOnlySpan<TextRange>)batch.Circumstances[view.Circumstances].Values;
        for (var i = 0; i < values.Length; i++)
            length += Write(i, batch.Bytes(values[i]), destination[length..]);
        return length + Write(Title, batch.Bytes(view.Title), destination[length..]);
    }

    /// <summary>Takes the next value off the front.</summary>
    /// <returns>Its dimension.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref ReadOnlySpan<byte> values, out ReadOnlySpan<byte> value)
    {
        var dimension = values[0];
        value = values.Slice(2, values[1]);
        values = values[(2 + value.Length)..];
        return dimension;
    }

    /// <summary>A value as it is kept: whole, or its begin and a hash.</summary>
    public static byte[] Kept(ReadOnlySpan<byte> value)
    {
        var kept = new byte[Math.Min(Longest, value.Length)];
        Copy(value, kept);
        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Write(int dimension, ReadOnlySpan<byte> value, Span<byte> destination)
    {
        if (value.IsEmpty)
            return 0;
        var length = Math.Min(Longest, value.Length);
        destination[0] = (byte)dimension;
        destination[1] = (byte)length;
        Copy(value, destination.Slice(2, length));
        return 2 + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        if (value.Length <= Longest)
            value.CopyTo(destination);
        else
            Cut(value, destination);
    }

    private static void Cut(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        // A character that is cut becomes dots, so the value stays readable.
        var begin = Longest - HashDigits;
        while ((value[begin] & 0xC0) == 0x80)
            begin--;
        value[..begin].CopyTo(destination);
        destination[begin..^HashDigits].Fill((byte)'.');
        var digits = KeyHash.Of(value).ToString("x16", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(digits, destination[^HashDigits..]);
    }
}
