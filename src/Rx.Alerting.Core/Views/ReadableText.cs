using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Rx.Alerting.Core.Views;

/// <summary>
/// Makes texts valid UTF-8. Invalid bytes become U+FFFD, as the Unicode Standard (section 3.9) recommends and browsers do.
/// </summary>
/// <remarks>
/// Failed views have more texts than successful views. If an invalid text rejected its view, failures would be lost and successes
/// counted, so an outage would look like health. For the same reason keys are mended, too. All views mend a key in the same way.
/// </remarks>
internal static class ReadableText
{
    /// <summary>The text itself if the text is valid UTF-8, else a mended copy at the end of the batch's text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TextRange Of(ViewBatch batch, TextRange text) => IsUtf8(batch.Bytes(text)) ? text : Mend(batch, text);

    /// <summary>Most texts are ASCII. For those, reading one 64-bit word after the other is enough; the last word overlaps.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> text)
    {
        ulong all = 0;
        if (text.Length < sizeof(ulong))
        {
            foreach (var value in text)
                all |= value;
        }
        else
        {
            all = MemoryMarshal.Read<ulong>(text[^sizeof(ulong)..]);
            for (var rest = text; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
                all |= MemoryMarshal.Read<ulong>(rest);
        }

        return (all & 0x80808080_80808080) == 0 || Utf8.IsValid(text);
    }

    private static TextRange Mend(ViewBatch batch, TextRange text)
    {
        // Reserve may move the text, so the source span is taken afterwards. One byte becomes at most three bytes.
        var target = batch.Reserve(text.Length * Rune.ReplacementChar.Utf8SequenceLength);
        var source = batch.Bytes(text);
        var length = 0;
        while (!source.IsEmpty)
        {
            Rune.DecodeFromUtf8(source, out var rune, out var consumed);
            length += rune.EncodeToUtf8(target[length..]);
            source = source[consumed..];
        }

        return batch.Commit(length);
    }
}
