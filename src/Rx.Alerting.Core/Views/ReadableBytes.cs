using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rx.Alerting.Core.Views;

/// <summary>Shows any bytes as a text that people can read.</summary>
internal static class ReadableBytes
{
    /// <summary>
    /// Shows valid UTF-8 as its characters. Bytes of control characters, and bytes that are no UTF-8, become <c>\x</c> and two hexadecimal
    /// digits. A tab stays a tab.
    /// </summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var isUtf8 = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            if (isUtf8 && (!Rune.IsControl(rune) || rune.Value == '\t'))
                text.Append(rune.ToString());
            else
                Escape(bytes[..length], text);
            bytes = bytes[length..];
        }

        return text.ToString();
    }

    private static void Escape(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        foreach (var value in bytes)
            text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
    }
}
