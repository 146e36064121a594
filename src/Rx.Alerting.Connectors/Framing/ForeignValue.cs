namespace Rx.Alerting.Connectors.Framing;

/// <summary>Says what a value looks like that cannot be read, and what to do about it.</summary>
public static class ForeignValue
{
    /// <summary>A zero byte and the number of a schema in four bytes.</summary>
    internal const int SchemaBytes = 5;

    private const string Registry = "looks like a record of a schema registry, a zero byte and the number of a schema before it";

    /// <summary>A clause to stand behind “the record”. Null if the kind of the bytes is not known.</summary>
    /// <param name="value">The value; its first bytes are enough.</param>
    public static string? NameOf(ReadOnlySpan<byte> value)
    {
        if (value is [0, _, _, _, _, ..])
            return $"{Registry}, with {Behind(value[SchemaBytes..])}";
        if (ForeignData.CompressionOf(value) is { } name)
        {
            return $"is compressed with {name}, by its writer itself; "
                + "let its producer compress instead (compression.type), as readers undo that";
        }

        return ForeignData.IsUtf16(value) ? "is UTF-16; have it written as UTF-8" : null;
    }

    private static string Behind(ReadOnlySpan<byte> content) => content switch
    {
        [(byte)'{' or (byte)'[', ..] => "JSON behind; read it as mux-json (Kafka:Format, Kinesis:Format)",
        _ when IsMessage(content) =>
            "Protocol Buffers behind; if they are Mux Data's, read them as mux-protobuf (Kafka:Format, Kinesis:Format)",
        _ => "what is probably Avro behind, which is not read here; have views written as JSON or as Mux Data's Protocol Buffers",
    };

    /// <summary>
    /// The length of the path that leads to the message within its schema. 0 if the content does not begin with a path.
    /// </summary>
    /// <remarks>
    /// A path is a zero byte; or the number of its steps, and the steps. Numbers are written as Protocol Buffers' sint32. Schemas with more
    /// than 63 messages on one level are not recognised.
    /// </remarks>
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

    /// <summary>Whether behind a path there are a tag and a length that a message of Protocol Buffers may have.</summary>
    /// <remarks>Avro has no tags, so few Avro records pass.</remarks>
    private static bool IsMessage(ReadOnlySpan<byte> content)
    {
        const int text = 2;
        return MessagePath(content) is > 0 and var path
            && content[path..] is [var tag, var length, ..]
            && tag >> 3 > 0
            && (tag & 7) == text
            && length <= content.Length - path - 2;
    }
}
