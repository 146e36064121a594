using Amazon.Kinesis.Model;
using Amazon.Kinesis.Protocol;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis;

/// <summary>A client of Amazon Kinesis Data Streams. AWSSDK.Core does credentials, signing, retries and connections.</summary>
public sealed class AmazonKinesisClient : AmazonServiceClient, IAmazonKinesis
{
    /// <summary>Takes the credentials from the standard chain: environment, profile, web identity, container, instance.</summary>
    public AmazonKinesisClient(AmazonKinesisConfig clientConfig)
        : base(clientConfig)
    {
    }

    public AmazonKinesisClient(AWSCredentials credentials, AmazonKinesisConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new KinesisMetadata();

    public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateStreamResponse>("CreateStream", request, cancellationToken);

    public Task<DeleteStreamResponse> DeleteStreamAsync(DeleteStreamRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DeleteStreamResponse>("DeleteStream", request, cancellationToken);

    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(
        DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeStreamSummaryResponse>("DescribeStreamSummary", request, cancellationToken);

    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<GetRecordsResponse>("GetRecords", request, cancellationToken);

    public Task<GetShardIteratorResponse> GetShardIteratorAsync(
        GetShardIteratorRequest request,
        CancellationToken cancellationToken = default) =>
        CallAsync<GetShardIteratorResponse>("GetShardIterator", request, cancellationToken);

    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListShardsResponse>("ListShards", request, cancellationToken);

    public Task<MergeShardsResponse> MergeShardsAsync(MergeShardsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<MergeShardsResponse>("MergeShards", request, cancellationToken);

    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<PutRecordsResponse>("PutRecords", request, cancellationToken);

    public Task<SplitShardResponse> SplitShardAsync(SplitShardRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<SplitShardResponse>("SplitShard", request, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new KinesisEndpointResolver());
        pipeline.AddHandlerAfter<KinesisEndpointResolver>(new KinesisAuthentication());
    }

    private Task<T> CallAsync<T>(string operation, AmazonWebServiceRequest request, CancellationToken cancellationToken)
        where T : AmazonWebServiceResponse, new() =>
        InvokeAsync<T>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new RequestMarshaller(operation),
                ResponseUnmarshaller = ResponseUnmarshaller<T>.Instance,
            },
            cancellationToken);
}
