namespace Rx.Alerting.Connectors.Framing;

/// <summary>
/// JSON objects that follow each other: an object on a line, over several lines, or several objects on a line. Blanks, commas and brackets
/// between objects are not records, so an array of objects is read as its objects.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Bytes that are not a whole object are a record, too. The decoder rejects it. <see cref="JsonRubbish"/> tells where it ends.</item>
/// <item>Records are the same however the bytes arrive, and wherever reading begins.</item>
/// <item>Nearly every object is a line. So the decoder gets the line first. Only if it rejects the line is the object's end looked for. The
/// same is done if an object stands directly behind another object.</item>
/// </list>
/// </remarks>
internal sealed class JsonFraming(int maximumBytes) : RecordFraming
{
    private readonly JsonSkip skip = new();

    /// <summary>What stood behind the record before. Decides how the next record is looked for, never what the next record is.</summary>
    private Behind behind;

    private enum Behind
    {
        LineEnd,
        Object,
        Other,
    }

    internal override bool KnowsLengths => false;

    internal override Frame Next(ReadOnlySpan<byte> bytes, bool last) =>
        bytes[0] == '{' && TryLikely(bytes, out var frame) ? frame : Closely(bytes, last);

    internal override Frame Closely(ReadOnlySpan<byte> bytes, bool last)
    {
        if (JsonRubbish.IsBetweenObjects(bytes[0]))
            return Between(bytes);
        if (bytes[0] == 0xEF && ByteOrderMark(bytes, last) is { } mark)
            return mark;

        // One byte more than the bound is enough to see that a record is too long.
        var text = bytes[..Math.Min(bytes.Length, maximumBytes + 1)];
        var frame = Record(bytes, text, last);
        if (frame.Length > maximumBytes || (frame.Kind == FrameKind.More && text.Length > maximumBytes))
            return new(FrameKind.TooLong, 0, maximumBytes, 0);
        if (frame.Kind != FrameKind.More)
            behind = BehindRecord(bytes, frame.Consumed);
        return frame;
    }

    internal override bool Skip(ReadOnlySpan<byte> bytes, out int skipped) => skip.Pass(bytes, out skipped);

    private bool TryLikely(ReadOnlySpan<byte> bytes, out Frame frame)
    {
        frame = default;
        if (behind == Behind.LineEnd && bytes.IndexOf((byte)'\n') is > 0 and var end)
            frame = Frame.Line(bytes, end) with { Kind = FrameKind.Likely };
        else if (behind == Behind.Object && bytes.IndexOf("}{"u8) is > 0 and var brace)
            frame = new(FrameKind.Likely, 0, brace + 1, brace + 1);
        return frame.Length > 0 && frame.Length <= maximumBytes && bytes[frame.Length - 1] == '}';
    }

    private Frame Between(ReadOnlySpan<byte> bytes)
    {
        var length = 1;
        while (length < bytes.Length && JsonRubbish.IsBetweenObjects(bytes[length]))
            length++;
        if (bytes[..length].Contains((byte)'\n'))
            behind = Behind.LineEnd;
        return Frame.Blank(length);
    }

    /// <param name="bytes">All bytes that are there.</param>
    /// <param name="text">The first of them, which are looked at.</param>
    /// <param name="last">No more bytes will come.</param>
    private static Frame Record(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text, bool last)
    {
        var isRest = last && text.Length == bytes.Length;
        int end;
        if (text[0] != '{')
        {
            end = JsonRubbish.End(text, isRest);
        }
        else
        {
            var result = JsonScan.Object(text, out var at);
            if (result == JsonScanResult.Closed)
                return Object(bytes, at, last);
            end = result == JsonScanResult.Broken || isRest ? JsonRubbish.EndOfBrokenObject(text, at, isRest) : -1;
        }

        if (end < 0)
            return new(FrameKind.More, 0, 0, 0);
        if (text[end - 1] == '\n')
            return Frame.Line(text, end - 1);
        return new(isRest && end == text.Length ? FrameKind.Unterminated : FrameKind.Record, 0, end, end);
    }

    /// <summary>The line end right behind an object belongs to the object.</summary>
    private static Frame Object(ReadOnlySpan<byte> bytes, int end, bool last)
    {
        var behind = bytes[end..];
        if (!last && behind is ([] or [(byte)'\r']))
            return new(FrameKind.Closed, 0, end, end);
        var lineEnd = behind switch
        {
            [(byte)'\n', ..] => 1,
            [(byte)'\r', (byte)'\n', ..] => 2,
            _ => 0,
        };
        return new(FrameKind.Record, 0, end, end + lineEnd);
    }

    private static Behind BehindRecord(ReadOnlySpan<byte> bytes, int end)
    {
        if (bytes[end - 1] == '\n')
            return Behind.LineEnd;
        return end < bytes.Length && bytes[end] == '{' ? Behind.Object : Behind.Other;
    }
}
