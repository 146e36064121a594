using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>How a collector is spoken to. Both forms carry Protocol Buffers.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC, over HTTP/2. The usual port is 4317.</summary>
    Grpc,

    /// <summary>Requests over HTTP. The usual port is 4318.</summary>
    [OptionAlias("http/protobuf")]
    HttpProtobuf,
}
