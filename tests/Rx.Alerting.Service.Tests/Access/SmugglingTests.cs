using System.Net.Sockets;
using System.Text;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Requests that a proxy could take for one, and the service for two (CVE-2025-55315): the runtime must refuse them.</summary>
public sealed class SmugglingTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync() =>
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, AccessSettings.WithTokens(folder));

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1;\n{\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1;a\rb\r\n{\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 1\r\nContent-Length: 2\r\n\r\n{")]
    public async Task Request_WithTwoEnds_IsRefusedAndNothingBehindItIsServed(string rest)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var smuggled = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var text = $"POST /api/v1/control HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {AccessSettings.Admin}\r\n"
            + $"Content-Type: application/json\r\n{rest}{smuggled}";

        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
    }
}
