using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>
/// Bounds the texts of a view: they are kept for as long as a title or an incident is, so a record of a megabyte must not
/// become a key of a megabyte.
/// </summary>
internal static class LongText
{
    /// <summary>Bytes of the longest text that is kept whole.</summary>
    internal const int Maximum = 512;

    private const int HashDigits = 16;

    private static ReadOnlySpan<byte> Ellipsis => "…"u8;

    /// <summary>A text that identifies something. Of a longer one the begin is kept, and the hash of all of it, so that keys stay apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TextRange Key(ViewBatch batch, TextRange text) => text.Length <= Maximum ? text : CutKey(batch, text);

    /// <summary>A text for people. Of a longer one the begin is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TextRange Shown(ViewBatch batch, TextRange text) => text.Length <= Maximum ? text : Cut(batch, text, Maximum);

    private static TextRange CutKey(ViewBatch batch, TextRange text)
    {
        var begin = Cut(batch, text, Maximum - Ellipsis.Length - HashDigits);
        var key = batch.Reserve(begin.Length + Ellipsis.Length + HashDigits);
        batch.Bytes(begin).CopyTo(key);
        Ellipsis.CopyTo(key[begin.Length..]);
        Utf8Formatter.TryFormat(KeyHash.Of(batch.Bytes(text)), key[^HashDigits..], out _, new StandardFormat('x', HashDigits));
        return batch.Commit(key.Length);
    }

    /// <summary>Whole characters of UTF-8 only.</summary>
    private static TextRange Cut(ViewBatch batch, TextRange text, int length)
    {
        var bytes = batch.Bytes(text);
        while ((bytes[length] & 0xC0) == 0x80)
            length--;
        return text with { Length = length };
    }
}
