using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Metrics;

/// <summary><c>rx-alerting health</c>: whom it asks, what it says, how it ends.</summary>
public sealed partial class HealthCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_NobodyListens_Fails()
    {
        var run = await CommandRun.OfAsync("health", "--url", "http://127.0.0.1:1");

        run.Expect(ExitCode.Failed);
        Assert.Contains("no answer at http://127.0.0.1:1/health/ready", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task Health_WrongAddress_IsMisuse(string url)
    {
        var run = await CommandRun.OfAsync("health", "--url", url);

        run.Expect(ExitCode.Misused);
        Assert.Contains($"--url {url}: must be an address such as http://127.0.0.1:9464", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    /// <summary>What run is given says where health has to ask.</summary>
    [Theory]
    [InlineData("option")]
    [InlineData("short option")]
    [InlineData("file")]
    [InlineData("environment")]
    public async Task Health_ConfiguredAsRun_AsksThatService(string how)
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.UntilHealthSaysAsync("ready");
        var port = service.MetricsClient.BaseAddress!.Port;
        var listen = $"0.0.0.0:{port}";
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["rx.json"], $$"""{ "Metrics": { "Listen": "{{listen}}" } }""", Cancel);

        var run = how switch
        {
            "option" => await CommandRun.OfAsync("health", "--set", $"Metrics:Listen={listen}"),
            "short option" => await CommandRun.OfAsync("health", "--metrics", listen),
            "file" => await CommandRun.OfAsync("health", "--config", folder["rx.json"]),
            _ => await CommandRun.OfAsync(new Dictionary<string, string> { ["RX_ALERTING__Metrics__Listen"] = listen }, "health"),
        };

        run.Expect(ExitCode.Success);
        Assert.Equal($"asked: http://127.0.0.1:{port}/health/ready", run.Error.Trim());
    }

    /// <summary>Another service may have the usual port. Nobody is to take its answer for that of this one.</summary>
    [Fact]
    public async Task Health_Auto_SaysThatTheServiceMayBeElsewhere()
    {
        var run = await CommandRun.OfAsync("health");

        Assert.Contains("asked: http://127.0.0.1:9464/health/ready (Metrics:Listen is auto", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_MetricsAreOff_IsMisuse()
    {
        var run = await CommandRun.OfAsync(new Dictionary<string, string> { ["RX_ALERTING__Metrics__Listen"] = "off" }, "health");

        run.Expect(ExitCode.Misused);
        Assert.Contains("--url: is needed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_NotReady_SaysWhyAndFails()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.UntilHealthSaysAsync("ready");
        service.Fail("ops", "the test says so");

        var run = await CommandRun.OfAsync("health", "ready", "--url", service.MetricsClient.BaseAddress!.ToString());

        run.Expect(ExitCode.Failed);
        Assert.Contains("waiting: ops", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://ann:secret@127.0.0.1:1", "http://…@127.0.0.1:1: must be without user and password")]
    [InlineData("http://secret@127.0.0.1:1/", "http://…@127.0.0.1:1/: must be without user and password")]
    [InlineData("ftp://ann:secret@127.0.0.1", "ftp://…@127.0.0.1: must be an address such as")]
    [InlineData("ann:secret@127.0.0.1", "…@127.0.0.1: must be an address such as")]
    [InlineData("http://127.0.0.1:1?token=secret", "http://127.0.0.1:1?…: must end behind the port")]
    public async Task Health_AddressWithSecret_IsMisuseAndDoesNotTellIt(string url, string message)
    {
        var run = await CommandRun.OfAsync("health", "--url", url);

        run.Expect(ExitCode.Misused);
        Assert.Contains($"--url {message}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error + run.Output, StringComparison.Ordinal);
    }

    /// <summary>As behind a proxy: the path would be dropped, and another service asked.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:1/alerting")]
    [InlineData("http://127.0.0.1:1/#ready")]
    public async Task Health_AddressWithPath_IsMisuse(string url)
    {
        var run = await CommandRun.OfAsync("health", "--url", url);

        run.Expect(ExitCode.Misused);
        Assert.Contains($"--url {url}: must end behind the port", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A service that takes connections and says nothing.</summary>
    [Fact]
    public async Task Health_NoAnswer_SaysHowLongItHasWaitedAndFails()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var clock = new FakeTimeProvider();
        var error = new StringWriter();
        var url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}";
        var asking = RxAlertingCommand.RunAsync(["health", "--url", url], new CommandHost
        {
            Output = TextWriter.Null,
            Error = error,
            OpenOutput = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
            Clock = clock,
            Stop = Cancel,
        });
        using var connection = await silent.AcceptTcpClientAsync(Cancel);
        clock.Advance(HealthCommand.Patience);

        Assert.Equal(ExitCode.Failed, await asking);
        Assert.Contains($"no answer at {url}/health/ready within 5 s", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Docker kills a check at its timeout. So the command has to give up before, with time to start and to say why.</summary>
    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("compose/docker-compose.yml")]
    public async Task Patience_EndsLongBeforeTheTimeoutOfEveryHealthCheck(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, file), Cancel);

        var timeouts = HealthChecks().Matches(text).Select(match => int.Parse(match.Groups[1].Value, null)).ToList();

        Assert.NotEmpty(timeouts);
        Assert.All(timeouts, seconds => Assert.True(TimeSpan.FromSeconds(seconds) >= 2 * HealthCommand.Patience, $"{file}: {seconds} s"));
    }

    [GeneratedRegex("""(?:HEALTHCHECK .*--timeout=|test: .*rx-alerting, health.*\n(?: +\w+: .*\n)*? +timeout: )(\d+)s""")]
    private static partial Regex HealthChecks();
}
