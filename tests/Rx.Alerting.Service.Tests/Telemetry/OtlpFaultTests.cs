using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>A collector that fails. Nobody waits for it, and the log says so without secrets.</summary>
public sealed class OtlpFaultTests
{
    /// <summary>The last export has at most two seconds; the rest is what a stop takes anyway on a busy machine.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(true, nameof(OtlpAnswer.Refuses), "Unauthenticated")]
    [InlineData(false, nameof(OtlpAnswer.Refuses), "401")]
    [InlineData(true, nameof(OtlpAnswer.Babbles), "")]
    [InlineData(false, nameof(OtlpAnswer.Babbles), "418")]
    [InlineData(true, nameof(OtlpAnswer.Hangs), "Timeout")]
    [InlineData(false, nameof(OtlpAnswer.Hangs), "Timeout")]
    public async Task Run_CollectorFails_FindsIncidentsAllTheSameAndSaysWhatIsWrong(bool isGrpc, string answer, string said)
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc);
        collector.Answer = Enum.Parse<OtlpAnswer>(answer);
        await using var service = ExportingService.Start(
            collector.Address, collector.Protocol,
            "--set", $"Telemetry:Otlp:Timeout={(collector.Answer == OtlpAnswer.Hangs ? "300ms" : "30s")}");

        await service.Process.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));
        var line = await service.Process.LineAsync(line => line.Contains("OpenTelemetry collector", StringComparison.Ordinal));

        Assert.Contains($"collector {new Uri(collector.Address).Authority} does not take", line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.OrdinalIgnoreCase);
        await collector.UntilAsync(async () =>
            (await service.ScrapeAsync())["rx_alerting_otlp_export_failures_total"] > 1 ? null : "no failed exports were counted");
        Assert.Equal(0, (await service.ScrapeAsync())["rx_alerting_otlp_exports_total"]);
        await StopsAsync(service);
        Assert.DoesNotContain("s3cret", service.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", service.Process.Output, StringComparison.Ordinal);
        Assert.All(["metrics", "traces"], signal => // Once a minute.
            Assert.InRange(service.Process.Output.Split($"does not take {signal}").Length - 1, 0, 1));
        Assert.Contains("has not taken what was left, which is lost: the latest metrics", service.Process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http-protobuf")]
    public async Task Run_NobodyListensAtTheAddress_FindsIncidentsAllTheSame(string protocol)
    {
        await using var service = ExportingService.Start("http://127.0.0.1:1", protocol);

        await service.Process.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));
        var line = await service.Process.LineAsync(line => line.Contains("OpenTelemetry collector", StringComparison.Ordinal));

        Assert.Contains("Connection refused", line, StringComparison.Ordinal);
        await StopsAsync(service);
    }

    [Fact]
    public async Task Run_CollectorTakesAgain_SaysSoOnce()
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc: true);
        collector.Answer = OtlpAnswer.Refuses;
        await using var service = ExportingService.Start(collector.Address, collector.Protocol);
        await service.Process.LineAsync(line => line.Contains("does not take", StringComparison.Ordinal));

        collector.Answer = OtlpAnswer.Takes;

        await service.Process.LineAsync(line => line.Contains(" again, after ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Endpoint", "collector:4317", "must be an address such as http://collector:4317")]
    [InlineData("Endpoint", "http://user:word@collector:4317", "without a user and without a query")]
    [InlineData("Endpoint", "http://collector:0", "must have a port from 1 to 65535")]
    [InlineData("Endpoint", "http://collector:4318/v1/metrics", "must be without /v1/metrics and /v1/traces")]
    [InlineData("Endpoint", "http://collector:4318/otlp/v1/traces/", "must be without /v1/metrics and /v1/traces")]
    [InlineData("Protocol", "smoke", "must be one of grpc, http-protobuf")]
    [InlineData("Headers", "nothing", "must have headers such as Authorization: Bearer …")]
    [InlineData("Headers", "X-Tenant: 7,User-Agent: nothing", "must not have the header User-Agent, which the exporter sets itself")]
    [InlineData("Headers", "host: nothing", "must not have the header Host, which the exporter sets itself")]
    [InlineData("Headers", "Content-Type: nothing", "must not have the header Content-Type, which the exporter sets itself")]
    [InlineData("HeadersFile", "/no/such/file", "cannot be read")]
    [InlineData("CertificateAuthority", "/no/such/file", "must name a file that is there")]
    [InlineData("MetricsInterval", "10ms", "must be from 1s to 1h")]
    [InlineData("Timeout", "2h", "must be from 100ms to 1m")]
    public async Task Run_WrongOption_IsMisuse(string option, string value, string message)
    {
        var run = await CommandRun.OfAsync("run", "--set", $"Telemetry:Otlp:{option}={value}");

        run.Expect(ExitCode.Misused);
        Assert.Contains($"Telemetry:Otlp:{option}", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing", run.Error, StringComparison.Ordinal); // A header may be a secret.
        run.ExpectNoStackTrace();
    }

    private static async Task StopsAsync(ExportingService service)
    {
        var begin = TimeProvider.System.GetTimestamp();
        service.Process.Signal("TERM");
        Assert.Equal(ExitCode.Success, await service.Process.ExitCodeAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin), TimeSpan.Zero, StopTime);
    }
}
