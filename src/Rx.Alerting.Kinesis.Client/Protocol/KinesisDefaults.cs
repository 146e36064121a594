using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Protocol;

internal sealed class KinesisDefaults : IDefaultConfigurationProvider
{
    public IDefaultConfiguration GetDefaultConfiguration(
        RegionEndpoint clientRegion,
        DefaultConfigurationMode? requestedConfigurationMode) =>
        new DefaultConfiguration
        {
            Name = DefaultConfigurationMode.Standard,
            RetryMode = RequestRetryMode.Standard,
            S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        };
}
