namespace Rx.Alerting.Connectors.Framing;

/// <summary>Values of messages that cannot be read here: what they look like, and what to do about it.</summary>
public static class ForeignValue
{
    /// <summary>A zero byte and the number of a schema in four bytes.</summary>
    internal const int SchemaBytes = 5;

    private const string Registry = "looks like a record of a schema registry, a zero byte and the number of a schema before it";

    /// <summary>A clause that goes on behind “the record”; null if the bytes are of no kind that is known here.</summary>
    /// <param name="value">Its first bytes are enough.</param>
    public static string? NameOf(ReadOnlySpan<byte> value)
    {
        if (value is [0, _, _, _, _, ..])
            return $"{Registry}, with {Behind(value[SchemaBytes..])}";
        if (ForeignData.CompressionOf(value) is { } name)
            return $"is compressed with {name}, by its writer itself; let its producer compress instead (compression.type), as readers undo that";
        return ForeignData.IsUtf16(value) ? "is UTF-16; have it written as UTF-8" : null;
    }

    private static string Behind(ReadOnlySpan<byte> content) => content switch
    {
        [(byte)'{' or (byte)'[', ..] => "JSON behind; read it as mux-json (Kafka:Format, Kinesis:Format)",
        _ when IsMessage(content) => "Protocol Buffers behind; if they are Mux Data's, read them as mux-protobuf (Kafka:Format, Kinesis:Format)",
        _ => "what is probably Avro behind, which is not read here; have views written as JSON or as Mux Data's Protocol Buffers",
    };

    /// <summary>How long the path is that leads to the message within its schema: a zero byte, or the number of its steps and the steps; 0: this is none.</summary>
    /// <remarks>Numbers are written as Protocol Buffers' sint32. Schemas with more than 63 messages on one level are not looked for.</remarks>
    internal static int MessagePath(ReadOnlySpan<byte> content)
    {
        const int longest = 8;
        if (content is not [var steps, ..] || steps % 2 != 0 || steps / 2 > longest || steps / 2 >= content.Length)
            return 0;
        foreach (var step in content.Slice(1, steps / 2))
        {
            if (step % 2 != 0 || step > 126)
                return 0;
        }

        return 1 + (steps / 2);
    }

    /// <summary>Whether a path is followed by a tag and a length that can be those of a message of Protocol Buffers.</summary>
    /// <remarks>Avro has no tags, so that few of its records pass.</remarks>
    private static bool IsMessage(ReadOnlySpan<byte> content)
    {
        const int text = 2;
        return MessagePath(content) is > 0 and var path
            && content[path..] is [var tag, var length, ..] && tag >> 3 > 0 && (tag & 7) == text && length <= content.Length - path - 2;
    }
}
