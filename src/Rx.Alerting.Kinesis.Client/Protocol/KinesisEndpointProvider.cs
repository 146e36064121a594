using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.Kinesis.Protocol;

/// <summary>The endpoint that the configuration names, else that of the region.</summary>
internal sealed class KinesisEndpointProvider(IClientConfig configuration) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => Resolve(configuration);

    internal static Endpoint Resolve(IClientConfig configuration)
    {
        if (!string.IsNullOrEmpty(configuration.ServiceURL))
            return new(configuration.ServiceURL);
        var region = configuration.RegionEndpoint ?? throw new AmazonClientException("No region is configured.");
        return new($"https://kinesis.{region.SystemName}.{region.PartitionDnsSuffix}");
    }
}
