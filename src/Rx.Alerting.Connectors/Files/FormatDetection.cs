using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Tells a format from the first bytes of a file, by trying the decoders on them.</summary>
internal static class FormatDetection
{
    private const int LinesTried = 20;

    /// <summary>Null if the bytes look like none of the formats. An empty input is of any format.</summary>
    internal static FileFormat? Detect(ReadOnlySpan<byte> head)
    {
        // Protocol Buffers come first: their first byte, a length, can be a brace; control characters cannot be in JSON.
        if (IsProtobuf(head))
            return FileFormat.MuxProtobuf;
        var text = TextWithoutMark(head).TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] == '{')
            return FileFormat.MuxJson;
        return IsAccessLog(text) ? FileFormat.AccessLog : null;
    }

    /// <summary>What a person can do about bytes that look like none of the formats.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="howToSay">How the format can be given.</param>
    internal static string WhyNot(ReadOnlySpan<byte> head, string howToSay = "say what it is with --format mux-json, mux-protobuf or access-log")
    {
        if (head is [0x28, 0xB5, 0x2F, 0xFD, ..])
            return OtherCompression("zstd");
        if (head is [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..])
            return OtherCompression("xz");
        if (head is [(byte)'B', (byte)'Z', (byte)'h', ..])
            return OtherCompression("bzip2");
        if (head is [(byte)'P', (byte)'K', 3, 4, ..])
            return OtherCompression("zip");
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return "is UTF-16; convert it with iconv -f utf-16 -t utf-8";
        if (TextWithoutMark(head).TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
            return "is a JSON array; write its objects one a line, as jq -c '.[]' does";
        return $"not recognised; {howToSay}";

        static string OtherCompression(string name) => $"is compressed with {name}; decompress it, or give - and decompress into the standard input";
    }

    /// <summary>The bytes after a byte order mark, if there is one.</summary>
    internal static ReadOnlySpan<byte> TextWithoutMark(ReadOnlySpan<byte> head) =>
        head.StartsWith("\uFEFF"u8) ? head[3..] : head;

    private static bool IsProtobuf(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return false;
        var frame = new DelimitedFraming(FileInput.HeadBytes).Next(head, last: true);
        return frame is { Kind: FrameKind.Record, Length: > 0 }
            && IsView(new MuxProtobufDecoder(), head.Slice(frame.Start, frame.Length));
    }

    private static bool IsAccessLog(ReadOnlySpan<byte> text)
    {
        var decoder = new AccessLogDecoder(new AccessLogOptions());
        var framing = new LineFraming(FileInput.HeadBytes);
        for (var line = 0; line < LinesTried && !text.IsEmpty; line++)
        {
            var frame = framing.Next(text, last: true);
            if (frame.Kind != FrameKind.Blank && IsView(decoder, text.Slice(frame.Start, frame.Length)))
                return true;
            text = text[Math.Max(1, frame.Consumed)..];
        }

        return false;
    }

    private static bool IsView(IViewDecoder decoder, ReadOnlySpan<byte> record)
    {
        var batch = new ViewBatch("detection");
        decoder.Decode(batch, batch.Append(record), View.NoArrivalTime);
        return batch.ViewCount == 1;
    }
}
