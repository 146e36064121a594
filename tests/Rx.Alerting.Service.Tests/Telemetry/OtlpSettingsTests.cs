using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Testing;
using Rx.Alerting.Connectors.Otlp;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>What people write into options, header files and variables.</summary>
public sealed class OtlpSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeLogger log = new();

    [Fact]
    public void HeadersFile_ByteOrderMarkAndComments_AreNoHeaders()
    {
        var file = folder.Write("headers", [.. Encoding.UTF8.Preamble, .. "# ours\r\nX-Token: word\r\n\r\n  # theirs\r\nX-Team: 7\r\n"u8]);

        Assert.Equal(["X-Token: word", "X-Team: 7"], Options(("HeadersFile", file)).Headers);
    }

    [Fact]
    public async Task HeadersFile_LineWithoutValue_IsNamedByItsNumber()
    {
        var lines = Enumerable.Range(1, 2800).Select(number => $"X-H{number}: s3cret").Prepend("# ours").Append("").Append("X-Empty:");
        var file = folder.Write("headers", string.Join('\n', lines));

        var run = await CommandRun.OfAsync("run", "--set", $"Telemetry:Otlp:HeadersFile={file}");

        run.Expect(ExitCode.Misused);
        Assert.Contains($"Telemetry:Otlp:HeadersFile is {file}, which must have headers such as", run.Error, StringComparison.Ordinal);
        Assert.Contains("this one has no value (line 2803)", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Endpoint_InCapitals_IsAnAddress(bool isGrpc)
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc);
        var options = Options(
            ("Endpoint", collector.Address.Replace("http", "HTTP", StringComparison.Ordinal)), ("Protocol", collector.Protocol));
        using var source = new ActivitySource($"Rx.Alerting.Tests.{Guid.NewGuid()}");
        using var export = new OtlpExport(options with { Metrics = false }, source.Name, "1.0", TimeProvider.System, log);
        source.StartActivity("span")!.Dispose();

        await export.StopAsync();

        Assert.Equal("span", collector.Spans.Single().Name);
    }

    [Theory]
    [InlineData("http://collector.invalid:4317", "Authorization: Bearer s3cret", "The header Authorization goes to collector.invalid:4317")]
    [InlineData("http://collector.invalid:4317", "x-api-key: s3cret", "The header x-api-key goes to")]
    [InlineData("http://collector.invalid:4317", "X-Scope-OrgID: tenant", null)]
    [InlineData("https://collector.invalid:4317", "Authorization: Bearer s3cret", null)]
    [InlineData("http://127.0.0.1:4317", "Authorization: Bearer s3cret", null)]
    public void Header_ThatEverybodyOnTheWayCanRead_IsAWarning(string endpoint, string header, string? warning)
    {
        var options = Options(("Endpoint", endpoint), ("Headers", header)) with { Metrics = false };
        using var export = new OtlpExport(options, "Rx.Alerting.Tests", "1.0", TimeProvider.System, log);

        var said = string.Join('\n', log.Collector.GetSnapshot().Select(one => one.Message));

        Assert.Equal(warning is not null, said.Contains(warning ?? "without TLS", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_WithOddValues_AreNamedAndDoNoHarm()
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc: true);
        await using var service = ExportingService.StartWith(
            [
                "OTEL_TRACES_SAMPLER=smoke", "OTEL_RESOURCE_ATTRIBUTES=fog,team=video", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=mist",
                "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY=haze", "OTEL_EXPORTER_OTLP_PROTOCOL=dust", "OTEL_SDK_DISABLED=perhaps",
            ],
            collector.Address,
            collector.Protocol);

        await collector.SpanAsync(span => span.Name == "commit");

        string[] said =
        [
            "'smoke'", "OTEL_RESOURCE_ATTRIBUTES has “fog”", "'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT' has an invalid value: 'mist'",
            "no effect, as Telemetry:Otlp says what they say: OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY, OTEL_EXPORTER_OTLP_PROTOCOL",
            "'OTEL_SDK_DISABLED' has an invalid value: 'perhaps'",
        ];
        Assert.All(said, text => Assert.Contains(text, service.Process.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("dust", service.Process.Output, StringComparison.Ordinal);
        Assert.Equal("video", collector.Resource["team"]);
    }

    [Theory]
    [InlineData("Traces=yes", "false", "Metrics and traces are exported to")]
    [InlineData("Traces=no", "false", "Metrics are exported to")]
    [InlineData("Metrics=no", "false", "Traces are exported to")]
    [InlineData("Metrics=no", "TRUE", "Nothing is exported to")]
    public async Task Log_OfTheStart_SaysWhatIsExported(string option, string disabled, string said)
    {
        await using var service = ExportingService.StartWith(
            [$"OTEL_SDK_DISABLED={disabled}"], "http://127.0.0.1:1", "grpc", "--set", $"Telemetry:Otlp:{option}");

        await service.Process.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));

        var lines = service.Process.Output.Split(Environment.NewLine);
        Assert.Contains(said, lines.Single(line => line.Contains(" exported to ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static OtlpOptions Options(params IEnumerable<(string Name, string Value)> set)
    {
        var loader = new SettingsLoader();
        loader.Add(set.Select(one => ($"Telemetry:Otlp:{one.Name}", one.Value, "--set")));
        return loader.Build().Otlp;
    }
}
