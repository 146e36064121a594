using System.Diagnostics;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Otlp;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>What a collector does not take is counted and said, over real sockets.</summary>
public sealed class OtlpLossTests : IDisposable
{
    private const int Fails = 2800, Drops = 2803, Rejects = 2804, EndsWithLoss = 2805;

    private readonly FakeLogger log = new();
    private readonly FakeTimeProvider stopped = new();
    private readonly ActivitySource source = new($"Rx.Alerting.Tests.{Guid.NewGuid()}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Spans_MoreThanCanWait_AreDroppedCountedAndSaid(bool isGrpc)
    {
        await using var collector = await CollectorAsync(isGrpc, nameof(OtlpAnswer.Hangs));
        using var export = Export(collector);

        Write(3000);

        Assert.Equal(3000 - 2048, export.Dropped);
        Assert.Contains("dropped (so far: 1): 2048 wait", Said(Drops).Single(), StringComparison.Ordinal);
    }

    /// <summary>The process does not wait for longer than it has.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_CollectorHangs_SaysHowManySpansAreLost(bool isGrpc)
    {
        await using var collector = await CollectorAsync(isGrpc, nameof(OtlpAnswer.Hangs));
        using var export = Export(collector, TimeProvider.System, stopTimeout: TimeSpan.FromSeconds(1.5));
        Write(700);
        var begin = TimeProvider.System.GetTimestamp();

        await export.StopAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(8)); // 1.5 on an idle machine.
        Assert.EndsWith("which is lost: 700 spans", Said(EndsWithLoss).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_CollectorTakesAll_SaysNothing()
    {
        await using var collector = await CollectorAsync(isGrpc: true, nameof(OtlpAnswer.Takes));
        using var export = Export(collector, metrics: true);
        Write(700);

        await export.StopAsync();

        Assert.Equal(700, collector.Spans.Count);
        Assert.Empty(Said(EndsWithLoss));
        Assert.Equal(0, export.Failures);
    }

    [Theory]
    [InlineData(true, nameof(OtlpAnswer.Partly))]
    [InlineData(false, nameof(OtlpAnswer.Partly))]
    [InlineData(false, nameof(OtlpAnswer.PartlyInJson))]
    public async Task Export_CollectorRejectsAPart_CountsAndSaysIt(bool isGrpc, string answer)
    {
        await using var collector = await CollectorAsync(isGrpc, answer);
        using var export = Export(collector);
        Write(5);

        await export.StopAsync();

        Assert.Equal((1, 0, 3), (export.Exports, export.Failures, export.Rejected));
        Assert.Contains("has rejected 3 items of an export of traces", Said(Rejects).Single(), StringComparison.Ordinal);
        Assert.EndsWith("too many", Said(Rejects).Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_ProxyAnswersWithAPage_HasFailed(bool isGrpc)
    {
        await using var collector = await CollectorAsync(isGrpc, nameof(OtlpAnswer.ShowsAPage));
        using var export = Export(collector);
        Write(5);

        await export.StopAsync();

        Assert.Equal((0, 1), (export.Exports, export.Failures));
        if (!isGrpc)
            Assert.Contains("no OpenTelemetry collector: 22 bytes of text/html", Said(Fails).Single(), StringComparison.Ordinal);
        Assert.EndsWith("which is lost: 5 spans", Said(EndsWithLoss).Single(), StringComparison.Ordinal);
    }

    /// <summary>One success between two failures is no news.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Log_CollectorFailsNowAndThen_SaysSoOnceAMinute(bool isGrpc)
    {
        await using var collector = await CollectorAsync(isGrpc, nameof(OtlpAnswer.Alternates));
        using var export = Export(collector, metrics: true);

        await collector.UntilAsync(() => Task.FromResult(collector.Requests >= 9 ? null : "there were few exports"));

        Assert.Contains("does not take metrics", Said(Fails).Single(), StringComparison.Ordinal);
        stopped.Advance(TimeSpan.FromSeconds(61));
        await collector.UntilAsync(() => Task.FromResult(Said(Fails).Count == 2 ? null : "it was not said again after a minute"));
    }

    public void Dispose() => source.Dispose();

    private static async Task<OtlpReceiver> CollectorAsync(bool isGrpc, string answer)
    {
        var collector = await OtlpReceiver.StartAsync(isGrpc);
        collector.Answer = Enum.Parse<OtlpAnswer>(answer);
        return collector;
    }

    /// <summary>An export for which no time passes, unless it has a clock. Its stop has time to compile code.</summary>
    private OtlpExport Export(OtlpReceiver collector, TimeProvider? clock = null, bool metrics = false, TimeSpan? stopTimeout = null)
        => new(
        new()
        {
            Endpoint = collector.Address,
            Protocol = collector.Protocol == "grpc" ? OtlpProtocol.Grpc : OtlpProtocol.HttpProtobuf,
            Metrics = metrics,
            MetricsInterval = TimeSpan.FromSeconds(1),
            Timeout = TimeSpan.FromMinutes(1),
        },
        source.Name,
        "1.0",
        clock ?? stopped,
        log)
        {
            StopTimeout = stopTimeout ?? TimeSpan.FromMinutes(1),
        };

    private void Write(int spans)
    {
        for (var number = 0; number < spans; number++)
            source.StartActivity("span")!.Dispose();
    }

    private List<string> Said(int id) => [.. log.Collector.GetSnapshot().Where(one => one.Id.Id == id).Select(one => one.Message)];
}
