using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rx.Alerting.Core.Views;

/// <summary>Bytes that may be anything, as people can read them.</summary>
internal static class ReadableBytes
{
    /// <summary>UTF-8 as its characters; a control character, or a byte that is no UTF-8, as <c>\x</c> and two hexadecimal digits.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var isText = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done && (!Rune.IsControl(rune) || rune.Value == '\t');
            if (isText)
                text.Append(rune.ToString());
            else
                Escape(bytes[..length], text);
            bytes = bytes[length..];
        }

        return text.ToString();
    }

    private static void Escape(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        foreach (var one in bytes)
            text.Append(CultureInfo.InvariantCulture, $"\\x{one:x2}");
    }
}
