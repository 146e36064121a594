using System.Buffers.Text;
using System.Text;

namespace Rx.Alerting.Core.Views;

/// <summary>The escapes of JSON strings (RFC 8259, section 7), resolved without exceptions.</summary>
internal static class JsonEscapes
{
    /// <summary>Appends the text of a JSON string whose escapes are known to be well formed.</summary>
    /// <returns>False if an escape is half of a surrogate pair: it stands for no character, and has no UTF-8.</returns>
    internal static bool TryUnescape(ViewBatch batch, TextRange escaped, out TextRange text)
    {
        // Reserving may move the text, so the source is looked at afterwards.
        var target = batch.Reserve(escaped.Length);
        if (!TryUnescape(batch.Bytes(escaped), target, out var length))
        {
            text = default;
            return false;
        }

        text = batch.Commit(length);
        return true;
    }

    /// <summary>Writes the text of a JSON string into a target at least as long as the string.</summary>
    internal static bool TryUnescape(ReadOnlySpan<byte> source, Span<byte> target, out int length)
    {
        length = 0;
        while (true)
        {
            var plain = source.IndexOf((byte)'\\');
            if (plain < 0)
            {
                source.CopyTo(target[length..]);
                length += source.Length;
                return true;
            }

            source[..plain].CopyTo(target[length..]);
            length += plain;
            source = source[(plain + 1)..];
            if (!TryTakeEscape(ref source, target, ref length))
                return false;
        }
    }

    private static bool TryTakeEscape(ref ReadOnlySpan<byte> source, Span<byte> target, ref int length)
    {
        if (source.IsEmpty)
            return false;
        var kind = source[0];
        source = source[1..];
        if (kind == 'u')
        {
            if (!TryTakeRune(ref source, out var rune))
                return false;
            length += rune.EncodeToUtf8(target[length..]);
            return true;
        }

        target[length++] = kind switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => kind,
        };
        return true;
    }

    private static bool TryTakeRune(ref ReadOnlySpan<byte> source, out Rune rune)
    {
        rune = default;
        if (!TryTakeHex(ref source, out var first))
            return false;
        if (Rune.TryCreate(first, out rune))
            return true;
        if (!source.StartsWith("\\u"u8))
            return false;
        source = source[2..];
        return TryTakeHex(ref source, out var second) && Rune.TryCreate(first, second, out rune);
    }

    private static bool TryTakeHex(ref ReadOnlySpan<byte> source, out char unit)
    {
        unit = default;
        if (source.Length < 4 || !Utf8Parser.TryParse(source[..4], out ushort value, out var consumed, 'x') || consumed != 4)
            return false;
        unit = (char)value;
        source = source[4..];
        return true;
    }
}
