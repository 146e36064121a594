using Rx.Alerting.Connectors.S3;
using Rx.Alerting.Connectors.Tests.S3;
using Rx.Alerting.Testing.Servers;

[assembly: AssemblyFixture(typeof(S3Servers))]

namespace Rx.Alerting.Connectors.Tests.S3;

/// <summary>One server for all tests, started when the first test asks for it.</summary>
public sealed class S3Servers : IAsyncDisposable
{
    private readonly Lazy<Task<S3Server>> server = new(S3Server.StartAsync);

    // Nothing a test does may look for credentials outside this machine.
    static S3Servers() => Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");

    /// <summary>Gives the server. If it is not installed, skips the test, or fails it on CI.</summary>
    public async Task<S3Server> GetAsync()
    {
        SkipIfMissing();
        return await server.Value;
    }

    public static void SkipIfMissing()
    {
        if (S3Server.Missing is not { } missing)
            return;
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.Fail(missing);
    }

    /// <summary>The bucket of a server.</summary>
    public static S3Options Options(string url) => new()
    {
        Bucket = S3Server.Bucket,
        Endpoint = url,
        PathStyle = true,
        AccessKeyId = S3Server.AccessKeyId,
        SecretAccessKey = S3Server.SecretAccessKey,
    };

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
            (await server.Value).Dispose();
    }
}
