using Amazon.Kinesis.Protocol;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.Kinesis;

/// <summary>Where the service is and how it is called.</summary>
public sealed class AmazonKinesisConfig : ClientConfig
{
    public AmazonKinesisConfig()
        : base(new KinesisDefaults())
    {
        AuthenticationServiceName = "kinesis";
        EndpointProvider = new KinesisEndpointProvider(this);
    }

    public override string ServiceVersion => "2013-12-02";

    public override string UserAgent => "rx-alerting/1.0";

    public override string RegionEndpointServiceName => "kinesis";

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        KinesisEndpointProvider.Resolve(this);
}
