using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>
/// Bounds the length of a view's texts. Texts are kept as long as their title or incident, so a record of a megabyte must not become a
/// key of a megabyte.
/// </summary>
internal static class LongText
{
    /// <summary>Length of the longest text that is kept whole, in bytes.</summary>
    internal const int Maximum = 512;

    private const int HashDigits = 16;

    private static ReadOnlySpan<byte> Ellipsis => "…"u8;

    /// <summary>Bounds a key. A longer key becomes its begin and the hash of the whole key, so keys stay distinct.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TextRange Key(ViewBatch batch, TextRange text) => text.Length <= Maximum ? text : CutKey(batch, text);

    /// <summary>Bounds a text that is only shown to people. A longer text becomes its begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TextRange Shown(ViewBatch batch, TextRange text) => text.Length <= Maximum ? text : Cut(batch, text, Maximum);

    private static TextRange CutKey(ViewBatch batch, TextRange text)
    {
        var begin = Cut(batch, text, Maximum - Ellipsis.Length - HashDigits);
        var key = batch.Reserve(begin.Length + Ellipsis.Length + HashDigits);
        batch.Bytes(begin).CopyTo(key);
        Ellipsis.CopyTo(key[begin.Length..]);
        Utf8Formatter.TryFormat(ContentHash.Of(batch.Bytes(text)), key[^HashDigits..], out _, new StandardFormat('x', HashDigits));
        return batch.Commit(key.Length);
    }

    /// <summary>The begin of a text, cut between two characters of UTF-8.</summary>
    private static TextRange Cut(ViewBatch batch, TextRange text, int length)
    {
        var bytes = batch.Bytes(text);
        while ((bytes[length] & 0xC0) == 0x80)
            length--;
        return text with { Length = length };
    }
}
