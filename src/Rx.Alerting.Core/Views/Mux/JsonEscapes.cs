using System.Buffers.Text;
using System.Text;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Resolves the escapes of JSON strings (RFC 8259, section 7). Never throws: every text has a result.</summary>
/// <remarks>
/// Half of a surrogate pair (<c>\ud83d</c> alone) stands for no character, and becomes U+FFFD. An invalid escape (<c>\x41</c>, as nginx
/// writes it) stays as it is written.
/// </remarks>
internal static class JsonEscapes
{
    /// <summary>Appends the resolved text of a JSON string to the batch's text.</summary>
    internal static TextRange Unescape(ViewBatch batch, TextRange escaped)
    {
        // Reserve may move the text, so the source span is taken afterwards.
        var target = batch.Reserve(escaped.Length);
        return batch.Commit(Unescape(batch.Bytes(escaped), target));
    }

    /// <summary>Writes the resolved text of a JSON string. The target must be at least as long as the string.</summary>
    /// <returns>How many bytes were written.</returns>
    internal static int Unescape(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var length = 0;
        while (true)
        {
            var plain = source.IndexOf((byte)'\\');
            if (plain < 0)
            {
                source.CopyTo(target[length..]);
                return length + source.Length;
            }

            source[..plain].CopyTo(target[length..]);
            length += plain;
            source = source[(plain + 1)..];
            length += TakeEscape(ref source, target[length..]);
        }
    }

    /// <summary>Takes the escape behind a backslash, and writes its character.</summary>
    /// <returns>How many bytes were written.</returns>
    private static int TakeEscape(ref ReadOnlySpan<byte> source, Span<byte> target)
    {
        var kind = source.IsEmpty ? (byte)0 : source[0];
        if (kind == 'u' && TryTakeUnit(ref source, out var unit))
            return TakeRune(unit, ref source).EncodeToUtf8(target);
        var character = kind switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'"' or (byte)'\\' or (byte)'/' => kind,
            _ => (byte)0,
        };
        target[0] = character == 0 ? (byte)'\\' : character;
        if (character != 0)
            source = source[1..];
        return 1;
    }

    private static Rune TakeRune(char first, ref ReadOnlySpan<byte> source)
    {
        if (Rune.TryCreate(first, out var rune))
            return rune;
        var behind = source;
        if (!behind.StartsWith("\\u"u8))
            return Rune.ReplacementChar;
        behind = behind[1..];
        if (!TryTakeUnit(ref behind, out var second) || !Rune.TryCreate(first, second, out rune))
            return Rune.ReplacementChar;
        source = behind;
        return rune;
    }

    /// <summary>Takes a <c>u</c> and four hexadecimal digits.</summary>
    private static bool TryTakeUnit(ref ReadOnlySpan<byte> source, out char unit)
    {
        unit = default;
        if (source.Length < 5 || !Utf8Parser.TryParse(source.Slice(1, 4), out ushort value, out var consumed, 'x') || consumed != 4)
            return false;
        unit = (char)value;
        source = source[5..];
        return true;
    }
}
