namespace Rx.Alerting.Connectors.Framing;

/// <summary>
/// What records are. <see cref="Rx.Alerting.Core.Options.OptionText"/> makes the names as text of these names: <c>mux-json</c>.
/// </summary>
public enum RecordFormat
{
    /// <summary>Mux Data's streaming export of video views in JSON: objects, with lines, blanks, commas or nothing between them.</summary>
    MuxJson,

    /// <summary>
    /// The same in Protocol Buffers. In a file, each message stands after its length as a varint; in Kafka and Kinesis, alone.
    /// </summary>
    MuxProtobuf,

    /// <summary>Lines of a web server's access log in the combined or common log format.</summary>
    AccessLog,
}
