using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisTlsTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly TestAuthority other = new();
    private readonly RedisServer server;

    public RedisTlsTests() => server = RedisFixture.Needed(RedisServer.TryStart(tls: authority));

    [Fact]
    public async Task Commit_AuthorityInAFile_Succeeds()
    {
        await using var store = Store(",ssl=true", authority.AuthorityFile);
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, 1000), RedisCommits.Cancel);

        Assert.Equal(1000, (await store.ReadAsync()).Count);
    }

    [Fact]
    public async Task Acquire_OtherAuthorityOrOtherName_IsRefusedAndSaysWhatToLookAt()
    {
        (string, string)[] cases =
        [
            (",ssl=true", other.AuthorityFile),
            (",ssl=true", ""),
            (",ssl=true,sslHost=redis.example", authority.AuthorityFile),
        ];
        foreach (var (more, file) in cases)
        {
            await using var store = Store(more, file);
            var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "a", RedisCommits.Cancel));
            Assert.Equal(CheckpointStoreProblem.Refused, failure.Problem);
            Assert.StartsWith(
                $"Redis at {server.Endpoint}: no connection by TLS: see that the server speaks it",
                failure.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Acquire_PlainTextAgainstTls_SaysToLookAtSsl()
    {
        await using var store = Store("", "");
        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "a", RedisCommits.Cancel));
        Assert.Contains("with ssl=true if it wants TLS and only then", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acquire_ServerClosesTheHandshake_IsUnavailable()
    {
        using var closing = new ClosingServer();
        await using var store = new RedisCheckpointStore(new() { Configuration = $"{closing.Endpoint},ssl=true" });
        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "a", RedisCommits.Cancel));
        Assert.Equal(CheckpointStoreProblem.Unavailable, failure.Problem);
    }

    [Fact]
    public async Task Acquire_TlsAgainstPlainText_SaysToLookAtSsl()
    {
        using var plain = RedisFixture.Needed(RedisServer.TryStart());
        await using var store = plain.Store(",ssl=true", seconds: 1);
        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "a", RedisCommits.Cancel));
        Assert.Contains("with ssl=true if it wants TLS and only then", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        server.Dispose();
        authority.Dispose();
        other.Dispose();
    }

    private RedisCheckpointStore Store(string more, string authorityFile) => new(new RedisOptions
    {
        Configuration = server.Endpoint + more,
        CertificateAuthority = authorityFile,
        Timeout = TimeSpan.FromSeconds(5),
    });
}
