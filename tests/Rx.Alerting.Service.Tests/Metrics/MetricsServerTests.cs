using System.Net;
using System.Net.Sockets;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Metrics;

/// <summary>Where metrics and health are served.</summary>
public sealed class MetricsServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_MetricsPortTaken_SaysWhichOptionAndFails()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var at = $"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        await using var service = ServiceProcess.Start("--listen", "127.0.0.1:0", "--metrics", at);

        Assert.Equal(ExitCode.Failed, await service.ExitCodeAsync());
        Assert.Equal(
            $"rx-alerting: cannot listen at http://{at} for metrics: Address already in use. "
            + "Choose another address with --metrics (Metrics:Listen), or --metrics off.",
            service.Output);
    }

    /// <summary>As when somebody starts a second service on the same machine.</summary>
    [Fact]
    public async Task Run_DefaultPortTaken_TakesAnyAndWarns()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 9464);
        await TakeAsync(taken);

        await using var service = ServiceProcess.Start("--listen", "127.0.0.1:0");

        var line = await service.LineAsync(line => line.Contains("Another process has 127.0.0.1:9464", StringComparison.Ordinal));
        var at = line.Split("health are at ")[1].Split(". ")[0];
        using var client = new HttpClient { BaseAddress = new Uri($"http://{at}") };
        Assert.Equal("live\n", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative), Cancel));
        service.Signal("TERM");
        Assert.Equal(ExitCode.Success, await service.ExitCodeAsync());
    }

    [Fact]
    public async Task Run_AnyPort_TellsItInTheLogAndHealthCommandAsksThere()
    {
        await using var service = ServiceProcess.Start("--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0");
        var line = await service.LineAsync(line => line.Contains("Metrics and health are at ", StringComparison.Ordinal));
        var url = $"http://{line.Split("are at ")[1]}";
        await service.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));

        foreach (var (what, said) in new[] { ("startup", "started"), ("live", "live"), ("ready", "ready") })
        {
            var run = await CommandRun.OfAsync("health", what, "--url", url);
            run.Expect(ExitCode.Success);
            Assert.Equal(said, run.Output.Trim());
            Assert.Equal($"asked: {url}/health/{what}", run.Error.Trim());
        }
    }

    [Fact]
    public async Task Run_Off_ServesNoMetrics()
    {
        await using var service = ServiceProcess.Start("--listen", "127.0.0.1:0", "--metrics", "off");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        Assert.Equal("live\n", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative), Cancel));

        Assert.DoesNotContain("Metrics and health", service.Output, StringComparison.Ordinal);
    }

    /// <summary>Whoever fills the connections of the API keeps nobody from asking how the service is.</summary>
    [Fact]
    public async Task Metrics_ConnectionsOfTheApiAreFull_Answer()
    {
        await using var service = ServiceProcess.Start(
            "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--set", "Http:MaximumConnections=1");
        var api = await service.AddressAsync();
        var line = await service.LineAsync(line => line.Contains("Metrics and health are at ", StringComparison.Ordinal));
        var clients = Enumerable.Range(0, 40).Select(_ => new TcpClient()).ToList();
        try
        {
            foreach (var client in clients)
                await client.ConnectAsync(api.Host, api.Port, Cancel);

            using var asking = new HttpClient { BaseAddress = new Uri($"http://{line.Split("are at ")[1]}") };
            var page = await asking.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
            Assert.Contains("rx_alerting_ready", page, StringComparison.Ordinal);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("nowhere", "the host must be localhost or an IP address")]
    [InlineData("https://127.0.0.1:1", "must be without TLS")]
    [InlineData("host:at:all", "must be PORT, HOST:PORT")]
    public async Task Run_WrongAddress_IsMisuse(string address, string message)
    {
        var run = await CommandRun.OfAsync("run", "--metrics", address);

        run.Expect(ExitCode.Misused);
        Assert.Contains("Metrics:Listen", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    /// <summary>Services of tests beside this one have the port at times, and give it back.</summary>
    private static async Task TakeAsync(TcpListener listener)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            try
            {
                listener.Start();
                return;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
    }
}
