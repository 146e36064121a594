namespace Rx.Alerting.Connectors.Files;

/// <summary>What the records of a file are.</summary>
public enum FileFormat
{
    /// <summary>Told from the first bytes, for each file on its own.</summary>
    Auto,

    /// <summary>Mux Data's streaming export of video views in JSON, one object a line.</summary>
    MuxJson,

    /// <summary>The same in Protocol Buffers, each message after its length as a varint.</summary>
    MuxProtobuf,

    /// <summary>A web server's access log in the combined or common log format.</summary>
    AccessLog,
}
