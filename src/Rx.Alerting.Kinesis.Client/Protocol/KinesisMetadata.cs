using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Protocol;

internal sealed class KinesisMetadata : IServiceMetadata
{
    public string ServiceId => "Kinesis";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
