using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Files;

/// <summary>What the records of a file are.</summary>
public enum FileFormat
{
    /// <summary>Told from the first bytes, for each file on its own.</summary>
    Auto,

    /// <summary>Mux Data's streaming export of video views in JSON: objects, one a line or otherwise.</summary>
    MuxJson,

    /// <summary>The same in Protocol Buffers, each message after its length as a varint.</summary>
    MuxProtobuf,

    /// <summary>A web server's access log in the combined or common log format.</summary>
    AccessLog,
}

internal static class FileFormats
{
    /// <summary>What the records of a known format are.</summary>
    internal static RecordFormat OfRecords(this FileFormat format) => format switch
    {
        FileFormat.MuxJson => RecordFormat.MuxJson,
        FileFormat.MuxProtobuf => RecordFormat.MuxProtobuf,
        FileFormat.AccessLog => RecordFormat.AccessLog,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "is not known yet"),
    };
}
