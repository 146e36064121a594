using Amazon.Kinesis;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>Credentials that were never there, and credentials that cannot be renewed for a while.</summary>
public sealed class KinesisCredentialTests
{
    private const string Shard = "shardId-000000000000";
    private static readonly KinesisOptions Options = new() { StreamName = "views" };

    public static TheoryData<Exception> Failures =>
    [
        new AmazonClientException("The retrieved credentials have already expired"),
        new ProcessAWSCredentialException("Command returned non-zero exit value 1"),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Read_NoCredentialsAtTheStart_FailsAndSaysSo(Exception failure)
    {
        using var client = new AmazonKinesisClient(
            new FailingCredentials(failure),
            new AmazonKinesisConfig { ServiceURL = "http://127.0.0.1:9", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        using var collector = BatchCollector.Read(Open(client));

        var told = await Assert.ThrowsAsync<KinesisSourceException>(() => collector.UntilAsync(_ => false, "an end"));

        Assert.Equal($"Stream views: ListShards cannot be called: {failure.Message}", told.Message);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Read_CredentialsAreNotRenewed_TriesAgain(Exception failure)
    {
        using var service = new ScriptedKinesis();
        service.Add(Shard, "v-1");
        service.Fail(failure, failure);
        var source = Open(service);
        using var collector = BatchCollector.Read(source);
        await collector.UntilAsync(all => all.Ids(Shard).Count > 0, "the view");

        Assert.Equal(2, source.Statistics.Retries);
    }

    private static KinesisViewSource Open(IAmazonKinesis client) => new(Options, client, new JumpingTimeProvider(), NullLogger.Instance);

    private sealed class FailingCredentials(Exception failure) : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw failure;
    }
}
