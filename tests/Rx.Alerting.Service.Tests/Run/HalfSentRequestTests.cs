using System.Net.Sockets;
using System.Text;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>A stop waits for requests, but not for those of which the rest never comes: its time is for the last commits.</summary>
public sealed class HalfSentRequestTests
{
    private const string Form = "Content-Type: application/x-www-form-urlencoded\r\n", Json = "Content-Type: application/json\r\n";

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("POST /login HTTP/1.1\r\nHost: localhost\r\n" + Form + "Content-Length: 500\r\n\r\ntok")]
    [InlineData("POST /api/v1/control HTTP/1.1\r\nHost: localhost\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n5\r\n{")]
    public async Task Stop_WithAHalfSentRequest_EndsInTime(string half)
    {
        var service = await RunningService.StartAsync(ScriptedSource.Silent);
        using var client = new TcpClient();
        await client.ConnectAsync(
            service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(half), TestContext.Current.CancellationToken);
        await service.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);

        var begin = TimeProvider.System.GetTimestamp();
        await service.DisposeAsync();

        // Without an end of their own, such requests last as long as the host waits: ten seconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin), TimeSpan.Zero, BoundedListeners.Grace + TimeSpan.FromSeconds(5));
    }
}
