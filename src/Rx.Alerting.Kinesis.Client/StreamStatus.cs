using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>What happens to a stream as a whole.</summary>
public sealed class StreamStatus : ConstantClass
{
    public static readonly StreamStatus ACTIVE = new("ACTIVE");
    public static readonly StreamStatus CREATING = new("CREATING");
    public static readonly StreamStatus DELETING = new("DELETING");
    public static readonly StreamStatus UPDATING = new("UPDATING");

    public StreamStatus(string value)
        : base(value)
    {
    }
}
