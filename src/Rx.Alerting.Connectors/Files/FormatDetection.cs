using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Tells a format from the first bytes of a file, by trying the decoders on them.</summary>
internal static class FormatDetection
{
    private const int MessagesTried = 20;

    /// <summary>Null if the bytes look like none of the formats. An empty input is of any format.</summary>
    internal static RecordFormat? Detect(ReadOnlySpan<byte> head)
    {
        // Protocol Buffers come first: their first byte, a length, can be a brace; control characters cannot be in JSON.
        if (IsProtobuf(head))
            return RecordFormat.MuxProtobuf;
        var text = ForeignData.TextWithoutMark(head).TrimStart(" \t\r\n\0"u8);
        if (Views(RecordFormat.MuxJson, text) > 0)
            return RecordFormat.MuxJson;
        if (Views(RecordFormat.AccessLog, text) > 0)
            return RecordFormat.AccessLog;
        return ForeignData.NameOf(head) is null && (text.IsEmpty || IsObjects(text)) ? RecordFormat.MuxJson : null;
    }

    /// <summary>What a person can do about bytes that look like none of the formats.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="howToSay">How the format can be given; null: on the command line.</param>
    internal static string WhyNot(ReadOnlySpan<byte> head, string? howToSay = null) =>
        ForeignData.NameOf(head)
        ?? "not recognised: no JSON or Protocol Buffers of Mux Data, and no access log in the common or combined format; "
        + (howToSay ?? $"say what it is with --format {Choice}");

    /// <summary>The formats, as a person can give them.</summary>
    internal static string Choice => OptionText.Choice(OptionText.Names(typeof(RecordFormat)));

    /// <summary>How many views a format's decoder finds.</summary>
    internal static int Views(RecordFormat format, ReadOnlySpan<byte> text)
    {
        var batch = new ViewBatch("detection");
        new ValueDecoding(format, new(), FileInput.HeadBytes).Decode(batch, text, View.NoArrivalTime);
        return batch.ViewCount;
    }

    /// <summary>An object, or an array of objects or of nothing. Even without a single view it tells the format.</summary>
    private static bool IsObjects(ReadOnlySpan<byte> text) =>
        text[0] == '{' || (text[0] == '[' && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..]);

    private static bool IsProtobuf(ReadOnlySpan<byte> head)
    {
        var decoding = RecordFormats.Decoding(RecordFormat.MuxProtobuf, new(), FileInput.HeadBytes);
        var batch = new ViewBatch("detection");
        for (var i = 0; i < MessagesTried && batch.ViewCount == 0 && !head.IsEmpty; i++)
        {
            var frame = decoding.Framing.Next(head, last: true);
            if (frame is not { Kind: FrameKind.Record, Length: > 0 })
                return false;
            decoding.TryDecode(batch, batch.Append(head.Slice(frame.Start, frame.Length)), View.NoArrivalTime);
            head = head[frame.Consumed..];
        }

        return batch.ViewCount > 0;
    }
}
