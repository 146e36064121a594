using System.Net.Sockets;
using Microsoft.Extensions.Logging.Testing;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Api;

/// <summary>A client that opens many connections takes no files from stores and sources.</summary>
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task Connections_BeyondTheLimit_AreClosedAndToldUntilOthersEnd()
    {
        using var folder = new TemporaryFolder();
        await using var service = await RunningService.StartAsync(
            ScriptedSource.Silent, new TemporaryFolder(), new()
            {
                Sqlite = new() { Path = folder["state.db"] },
                Http = new() { MaximumConnections = 2 },
            });
        var log = new FakeLogger<RefusedConnections>();
        using var refused = new RefusedConnections(TimeProvider.System, log);
        var address = service.Client.BaseAddress!;
        using (var first = new TcpClient(address.Host, address.Port))
        using (var second = new TcpClient(address.Host, address.Port))
        {
            await AskAsync(first);
            await AskAsync(second);
            using var third = new TcpClient(address.Host, address.Port);
            await Assert.ThrowsAnyAsync<IOException>(() => AskAsync(third));

            refused.LookAgain();
            Assert.StartsWith(
                "1 connections were closed because as many as may be are open", log.LatestRecord.Message, StringComparison.Ordinal);
        }

        Assert.True(await service.Client.AnswersInTheEndAsync());
    }

    [Theory]
    [InlineData(500, null, 500)]
    [InlineData(500, 700L, 222)]
    [InlineData(500, 1024L, 384)]
    [InlineData(500, 1_048_576L, 500)]
    [InlineData(500, 1L, 1)]
    public void Of_LeavesHalfOfTheFilesToOthers(int wanted, long? files, int connections) =>
        Assert.Equal(connections, ConnectionLimit.Of(new() { MaximumConnections = wanted }, files));

    [Theory]
    [InlineData("Max open files            700                  4096                 files     ", 700L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             700                  4096                 processes ", null)]
    public void Parse_LimitsOfTheSystem_FindsTheSoftOne(string line, long? files) =>
        Assert.Equal(files, ConnectionLimit.Parse(["Limit  Soft Limit  Hard Limit  Units", line]));

    [Fact]
    public void FindOpenFiles_HasALimitOnLinux() => Assert.Equal(OperatingSystem.IsLinux(), ConnectionLimit.FindOpenFiles() > 0);

    private static async Task AskAsync(TcpClient client)
    {
        var stream = client.GetStream();
        await stream.WriteAsync("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal("HTTP/1.1 200"u8, answer);
    }
}
