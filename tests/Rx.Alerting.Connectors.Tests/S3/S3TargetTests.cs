using Rx.Alerting.Connectors.S3;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.S3;

public sealed class S3TargetTests(S3Servers servers) : DumpTargetContract, IDisposable
{
    /// <summary>The least that S3 allows.</summary>
    private const int PartBytes = 5 << 20;

    private readonly List<S3Target> targets = [];

    public void Dispose() => targets.ForEach(target => target.Dispose());

    protected override async Task<IDumpTarget> TargetAsync()
    {
        var server = await servers.GetAsync();
        return New(S3Servers.Options(server.Url) with { Prefix = $"tests/{Guid.NewGuid():N}" });
    }

    [Fact]
    public async Task Locate_IsAnAddressOfS3()
    {
        var server = await servers.GetAsync();

        Assert.Equal("s3://rx-dumps/d/c/manifest.json", New(S3Servers.Options(server.Url)).Locate("d/c/manifest.json"));
        Assert.Equal("s3://rx-dumps/a/b/d", New(S3Servers.Options(server.Url) with { Prefix = "a/b" }).Locate("d"));
    }

    [Fact]
    public async Task Write_ServerIsKilledInTheMiddle_FailsAndCanBeRepeated()
    {
        S3Servers.SkipIfMissing();
        using var server = await S3Server.StartAsync();
        var target = New(S3Servers.Options(server.Url));
        using var content = new BreakingStream(Large, PartBytes + 1000, server.Kill);

        var failure = await Assert.ThrowsAsync<DumpTargetException>(() => target.WriteAsync("d/c/p/rows", content, Cancel));

        Assert.True(failure.MayPass);
        Assert.StartsWith($"s3://rx-dumps/d/c/p/rows cannot be used: S3 at {server.Url} does not answer: ", failure.Message);
        await server.RestartAsync();
        Assert.Null(await target.ReadAsync("d/c/p/rows", Cancel));
        await target.WriteAsync("d/c/p/rows", content, Cancel);
        Assert.Equal(Large, await target.ReadAsync("d/c/p/rows", Cancel));
    }

    [Fact]
    public async Task Write_APartIsRefused_RemovesTheParts()
    {
        using var server = new ScriptedHttpServer(request => request switch
        {
            { Method: "POST" } => new(200, "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"),
            { Method: "DELETE" } => new(204),
            _ when request.Target.Contains("partNumber=1", StringComparison.Ordinal) => new(200, "", "ETag: \"one\""),
            _ => new(400, "<Error><Code>EntityTooSmall</Code><Message>Too small.</Message></Error>"),
        });
        var target = New(S3Servers.Options(server.Address.ToString()));

        var failure = await Assert.ThrowsAsync<DumpTargetException>(() => WriteAsync(target, "d/c/p/rows", Large));

        Assert.Contains("answers 400 EntityTooSmall: Too small.", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayPass);
        Assert.Equal(["POST", "PUT", "PUT", "DELETE"], server.Requests.Select(request => request.Method));
        Assert.Equal("/rx-dumps/d/c/p/rows?uploadId=u1", server.Requests[^1].Target);
    }

    [Fact]
    public async Task Write_CredentialsAreRefused_SaysSoWithoutShowingThem()
    {
        using var server = new ScriptedHttpServer(
            _ => new(403, "<Error><Code>SignatureDoesNotMatch</Code><Message>The signature is wrong.</Message></Error>"));
        var target = New(S3Servers.Options(server.Address.ToString()) with { SecretAccessKey = "topsecret" });

        var failure = await Assert.ThrowsAsync<DumpTargetException>(() => WriteAsync(target, "d/c/manifest.json", [1]));

        Assert.False(failure.MayPass);
        Assert.EndsWith(
            "refuses (SignatureDoesNotMatch: The signature is wrong.); look at the credentials and their rights", failure.Message);
        Assert.DoesNotContain("topsecret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_BucketIsMissing_SaysSo()
    {
        var server = await servers.GetAsync();
        var target = New(S3Servers.Options(server.Url) with { Bucket = "nobody" });

        var failure = await Assert.ThrowsAsync<DumpTargetException>(() => WriteAsync(target, "d/c/manifest.json", [1]));

        Assert.EndsWith("has no bucket nobody", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayPass);
    }

    [Theory]
    [InlineData(503, true)]
    [InlineData(500, true)]
    [InlineData(400, false)]
    public async Task Read_ServerFails_SaysWhetherItMayPass(int status, bool mayPass)
    {
        using var server = new ScriptedHttpServer(_ => new(status, "<Error><Code>Sorry</Code><Message>Not now.</Message></Error>"));

        var failure = await Assert.ThrowsAsync<DumpTargetException>(
            () => New(S3Servers.Options(server.Address.ToString())).ReadAsync("d/c/manifest.json", Cancel));

        Assert.Equal(mayPass, failure.MayPass);
        Assert.Contains("Sorry", failure.Message, StringComparison.Ordinal);
    }

    private S3Target New(S3Options options)
    {
        targets.Add(new(options, PartBytes));
        return targets[^1];
    }
}
