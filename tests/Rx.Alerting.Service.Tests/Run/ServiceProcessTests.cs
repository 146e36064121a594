using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Xml.Linq;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>The service as a person starts it.</summary>
public sealed class ServiceProcessTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_EmbeddedDefault_IncidentsOpenAndCloseWithinThirtySeconds()
    {
        await using var service = ServiceProcess.Start("--listen", "127.0.0.1:0");
        var address = await service.AddressAsync();
        var began = Stopwatch.GetTimestamp();

        await service.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));
        var closed = await service.LineAsync(line => line.Contains("✔ closed", StringComparison.Ordinal));

        Assert.True(Stopwatch.GetElapsedTime(began) < Promised, $"took {Stopwatch.GetElapsedTime(began)}");
        foreach (var shown in PictureLines())
            await service.LineAsync(line => line == shown);
        Assert.DoesNotContain('\e', service.Output);
        using var client = new HttpClient { BaseAddress = address };
        var text = await client.GetStringAsync(
            new Uri("/api/v1/incidents?status=closed&limit=100", UriKind.Relative), TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(text);
        var errors = document.RootElement.GetProperty("data").EnumerateArray()
            .Select(incident => incident.GetProperty("error_description").GetString()!);
        Assert.Contains(errors, error => closed.Contains(error, StringComparison.Ordinal));

        service.Signal("TERM");
        Assert.Equal(ExitCode.Success, await service.ExitCodeAsync());
    }

    /// <summary>
    /// The lines that the picture in the README shows: lines with an event time and a sign. Not updates: while a commit is slow, a newer
    /// update takes the place of one that is not told yet.
    /// </summary>
    private static string[] PictureLines()
    {
        var picture = XDocument.Load(Repository.PathOf("docs", "run.svg"), LoadOptions.PreserveWhitespace);
        string[] lines =
        [
            .. picture.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value)
                .Where(line => line.Length > 16 && line[15] is '▲' or '✔'),
        ];
        Assert.NotEmpty(lines);
        return lines;
    }

    /// <summary>Where AWS runs the process, the environment has the region. Elsewhere nobody has to read a stack trace.</summary>
    [Fact]
    public async Task Run_KinesisWithoutARegion_SaysWhatIsMissing()
    {
        string[] nowhere =
        [
            "-u", "AWS_REGION", "-u", "AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED=true", "AWS_CONFIG_FILE=/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE=/dev/null", "dotnet", Path.Combine(AppContext.BaseDirectory, "rx-alerting.dll"),
        ];
        await using var service = ServiceProcess.StartProgram(
            new ProcessStartInfo("env", nowhere), "run", "--listen", "127.0.0.1:0", "--metrics", "off", "--source", "kinesis");

        await service.LineAsync(line => line.StartsWith("rx-alerting: Kinesis:Region is empty", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Misused, await service.ExitCodeAsync());
    }

    [Fact]
    public async Task Run_Interrupted_EndsInGoodOrder()
    {
        await using var service = ServiceProcess.Start("--listen", "127.0.0.1:0");
        await service.AddressAsync();

        service.Signal("INT");

        Assert.Equal(ExitCode.Success, await service.ExitCodeAsync());
        Assert.DoesNotContain("Exception", service.Output, StringComparison.Ordinal);
    }

    /// <summary>To SQLite, a quota that is used up is an I/O error like any other. The people have to know that there is no room.</summary>
    [Fact]
    public async Task Run_CheckpointFileMayNotGrow_SaysThatThereIsNoRoom()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no limit for the size of files.");
        await using var service = ServiceProcess.StartWithFileSize(600, "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0");

        var line = await service.LineAsync(line => line.Contains("The store does not take the state", StringComparison.Ordinal));

        Assert.Contains("has no room; free space on its disk, or raise the quota", line, StringComparison.Ordinal);
    }

    /// <summary>Connections that are not served take up files. Sources and stores need files, too.</summary>
    [Fact]
    public async Task Run_MoreConnectionsThanFiles_GoesOnAndAnswersAgain()
    {
        await using var service = ServiceProcess.StartWithFiles(700, "--listen", "127.0.0.1:0");
        var address = await service.AddressAsync();
        await service.LineAsync(line => line.Contains("At most 222 connections can be open, not 500", StringComparison.Ordinal));
        var clients = Enumerable.Range(0, 1000).Select(_ => new TcpClient()).ToList();
        try
        {
            foreach (var client in clients)
                await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            await service.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        using var asking = new HttpClient { BaseAddress = address };
        Assert.True(await asking.AnswersInTheEndAsync());
        Assert.False(service.HasExited);
    }

    [Fact]
    public async Task Run_PortTaken_SaysSoAndFails()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var service = ServiceProcess.Start("--listen", $"127.0.0.1:{port}");

        Assert.Equal(ExitCode.Failed, await service.ExitCodeAsync());
        Assert.Equal(
            $"rx-alerting: cannot listen at http://127.0.0.1:{port}: Address already in use. Choose another address with --listen.",
            service.Output);
    }

    [Fact]
    public async Task Run_AddressOfAnotherMachine_SaysSoAndFails()
    {
        await using var service = ServiceProcess.Start("--listen", "192.0.2.1:9000", "--set", "Access:Anonymous=none");

        Assert.Equal(ExitCode.Failed, await service.ExitCodeAsync());
        Assert.Equal(
            "rx-alerting: cannot listen at http://192.0.2.1:9000: Cannot assign requested address. Choose another address with --listen.",
            service.Output);
    }

    [Fact]
    public async Task Run_OnIPv6_TellsItsAddress()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var service = ServiceProcess.Start("--listen", "[::1]:0");

        await service.LineAsync(line => line.Contains("http://[::1]:", StringComparison.Ordinal));

        service.Signal("TERM");
        Assert.Equal(ExitCode.Success, await service.ExitCodeAsync());
    }

    [Theory]
    [InlineData("--listen", "nowhere:at:all")]
    [InlineData("--speed", "-1")]
    [InlineData("--speed", "fast")]
    [InlineData("--set", "Detection:TailProbability=2")]
    public async Task Run_WrongOptions_IsMisuse(params string[] arguments)
    {
        var run = await CommandRun.OfAsync(["run", .. arguments]);

        run.Expect(ExitCode.Misused);
        run.ExpectNoStackTrace();
    }
}
