using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The shards are being merged.</summary>
public sealed class MergeShardsResponse : AmazonWebServiceResponse;
