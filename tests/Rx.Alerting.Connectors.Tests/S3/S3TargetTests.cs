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
    [InlineData(503, "Sorry", true)]
    [InlineData(500, "Sorry", true)]
    [InlineData(400, "Sorry", false)]
    [InlineData(400, "RequestTimeout", true)]
    [InlineData(404, "NoSuchUpload", true)]
    public async Task Write_ServerFails_SaysWhetherItMayPass(int status, string code, bool mayPass)
    {
        using var server = new ScriptedHttpServer(_ => new(status, $"<Error><Code>{code}</Code><Message>Not now.</Message></Error>"));

        var failure = await Assert.ThrowsAsync<DumpTargetException>(
            () => WriteAsync(New(S3Servers.Options(server.Address.ToString())), "c/manifest.json", [1]));

        Assert.Equal(mayPass, failure.MayPass);
        Assert.Contains("Not now.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NotFoundWithoutABody_IsNothing()
    {
        using var server = new ScriptedHttpServer(_ => new(404));

        Assert.Null(await New(S3Servers.Options(server.Address.ToString())).ReadAsync("c/manifest.json", Cancel));
    }

    [Fact]
    public async Task List_NextPageIsNotNamed_FailsInsteadOfReadingTheFirstForEver()
    {
        const string Page = "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>";
        using var server = new ScriptedHttpServer(_ => new(200, Page));

        var failure = await Assert.ThrowsAsync<DumpTargetException>(
            () => New(S3Servers.Options(server.Address.ToString())).ListAsync("c", Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel));

        Assert.EndsWith("cannot be listed: S3 says that there is more, and not where", failure.Message, StringComparison.Ordinal);
    }

    private S3Target New(S3Options options)
    {
        targets.Add(new(options, PartBytes));
        return targets[^1];
    }
}
