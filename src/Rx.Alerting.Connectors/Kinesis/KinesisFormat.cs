namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>What a record of the stream holds.</summary>
public enum KinesisFormat
{
    /// <summary>Video views of Mux Data's streaming export in JSON: one object, or several, one a line.</summary>
    MuxJson,

    /// <summary>One of them in Protocol Buffers, without its length.</summary>
    MuxProtobuf,

    /// <summary>Lines of a web server's access log in the combined or common log format.</summary>
    AccessLog,
}
