using System.Globalization;
using System.Text.RegularExpressions;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>What a collector gets from a service, over real sockets.</summary>
public sealed class OtlpExportTests
{
    private const ulong Internal = 1, Client = 3, Producer = 4;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Metrics_OfARunningService_AreThoseOfThePage(bool isGrpc)
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc);
        await using var service = ExportingService.Start(collector.Address, collector.Protocol);

        await collector.UntilAsync(async () => Difference(await service.ScrapeAsync(), collector.Metrics));

        var views = collector.Metrics.Single(one => one.Name == "rx_alerting_views_total");
        Assert.Equal(("counter", ExportingService.Views), (views.Kind, views.Value));
        Assert.Contains(collector.Metrics, one => one is { Name: "rx_alerting_checkpoint_bytes_total", Unit: "By" });
        Assert.Contains(collector.Metrics, one => one is { Name: "rx_alerting_state_bytes", Unit: "By", Kind: "gauge" });
        Assert.Contains(collector.Metrics, one => one is { Name: "dotnet.gc.collections", Unit: "{collection}", Kind: "counter" });
        var duration = collector.Metrics.Single(one => one.Name == "rx_alerting_checkpoint_duration_seconds");
        Assert.Equal(("histogram", "s", 0.001), (duration.Kind, duration.Unit, duration.Buckets[0].Bound));
        Assert.Equal(duration.Count, duration.Buckets.Aggregate(0ul, (sum, bucket) => sum + bucket.Count));
        Assert.Equal("rx-alerting", collector.Resource["service.name"]);
        Assert.Equal("0.1.0", collector.Resource["service.version"]);
        Assert.StartsWith(Environment.MachineName, collector.Resource["service.instance.id"], StringComparison.Ordinal);
        Assert.Equal(("s3cret-of-the-test", "tenant-7"), (collector.Headers["X-Token"], collector.Headers["X-Scope-OrgID"]));
        Assert.DoesNotContain("OpenTelemetry passes over", service.Process.Output, StringComparison.Ordinal);
    }

    /// <summary>Where OTLP is all that there is, they are not scraped from the page.</summary>
    [Fact]
    public async Task Metrics_OfTheProcess_AreThoseThatAlertsAndTheDashboardAskFor()
    {
        var asked = Directory.GetFiles(Repository.PathOf("charts", "rx-alerting", "files"))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\b(process|dotnet)_[a-z_]+"))
            .Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        await using var collector = await OtlpReceiver.StartAsync(isGrpc: true);
        await using var service = ExportingService.Start(collector.Address, collector.Protocol);
        var page = await service.ScrapeAsync();
        var scraped = page.Keys.Select(name => name.Split('{')[0])
            .Where(name => name.StartsWith("process_", StringComparison.Ordinal) || name.StartsWith("dotnet_", StringComparison.Ordinal));

        asked.UnionWith(scraped);
        await collector.UntilAsync(() => Task.FromResult(
            asked.Except(collector.Metrics.Select(one => one.Name)).ToList() is { Count: > 0 } missing
                ? $"these are not exported: {string.Join(", ", missing)}"
                : null));

        Assert.Contains("process_start_time_seconds", asked);
        var start = collector.Metrics.Single(one => one.Name == "process_start_time_seconds");
        Assert.Equal(("gauge", "s"), (start.Kind, start.Unit));
        Assert.Equal(page["process_start_time_seconds"], start.Value, tolerance: 1);
        Assert.Contains(collector.Metrics, one => one is { Name: "process_cpu_seconds_total", Kind: "counter", Value: > 0 });
        Assert.Contains(collector.Metrics, one => one is { Name: "process_working_set_bytes", Unit: "By", Value: > 1e6 });
        Assert.Contains(collector.Metrics, one => one is { Name: "dotnet_collection_count_total", Labels: "generation=\"0\"" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Traces_OfAnIncident_GoFromTheCommitToTheReceiver(bool isGrpc)
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc);
        using var receiver = new ScriptedHttpServer(_ => new(200));
        await using var service = ExportingService.Start(
            collector.Address, collector.Protocol,
            "--set", "Channels:ops:Kind=webhook", "--set", $"Channels:ops:Url={receiver.Address}",
            "--set", "Notifications:MaximumAge=3650d");

        var notify = await collector.SpanAsync(span => span.Name == "notify ops");
        var deliver = await collector.SpanAsync(span => span.Name == "deliver board");
        Assert.Equal("done", await service.CommandAsync(
            """{"type":"checkpoint","id":"c-1","by":"ann"}"""));
        var command = await collector.SpanAsync(span => span.Name == "command checkpoint");

        var commit = await collector.SpanAsync(span => span.Id == notify.Links.Single());
        Assert.Equal(("commit", Internal, string.Empty), (commit.Name, commit.Kind, commit.ParentId));
        Assert.Equal("committed", commit.Tags["rx_alerting.outcome"]);
        Assert.NotEqual("0", commit.Tags["rx_alerting.commit.bytes"]);
        Assert.NotEqual("0", commit.Tags["rx_alerting.commit.changes"]);
        Assert.True(double.Parse(commit.Tags["rx_alerting.commit.pause"], CultureInfo.InvariantCulture) > 0);
        var parts = collector.Spans.Where(span => span.ParentId == commit.Id).ToList();
        Assert.Equal(["snapshot", "write"], parts.Select(part => part.Name).Order(StringComparer.Ordinal));
        Assert.Equal("sqlite", parts.Single(part => part.Kind == Client).Tags["db.system.name"]);
        Assert.All(parts, part => Assert.Equal(commit.TraceId, part.TraceId));
        Assert.True(parts.Sum(part => part.Duration.TotalMilliseconds) - commit.Duration.TotalMilliseconds < 1);

        Assert.Equal((Client, "delivered"), (notify.Kind, notify.Tags["rx_alerting.outcome"]));
        Assert.Equal("opened", notify.Tags["rx_alerting.notification.event"]);
        Assert.NotEmpty(notify.Tags["rx_alerting.incident.id"]);
        Assert.Equal((Producer, "board"), (deliver.Kind, deliver.Tags["messaging.destination.name"]));
        Assert.Single(deliver.Links);
        Assert.Equal(("done", "c-1"), (command.Tags["rx_alerting.outcome"], command.Tags["rx_alerting.command.id"]));
        Assert.DoesNotContain(collector.Spans, span => span.IsError);
        Assert.Contains(collector.Spans, span => span.Name == "restore");
    }

    [Fact]
    public async Task Traces_ReceiverRefuses_HaveTheStatusError()
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc: false);
        using var receiver = new ScriptedHttpServer(_ => new(410, "gone"));
        await using var service = ExportingService.Start(
            collector.Address, collector.Protocol,
            "--set", "Channels:ops:Kind=webhook", "--set", $"Channels:ops:Url={receiver.Address}",
            "--set", "Notifications:MaximumAge=3650d");

        var notify = await collector.SpanAsync(span => span.Name == "notify ops");

        Assert.True(notify.IsError);
        Assert.Equal("refused", notify.Tags["error.type"]);
        Assert.Contains("410: gone", notify.StatusText, StringComparison.Ordinal);
    }

    /// <summary>What has happened in the last seconds is in the last export.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_CollectorTakesAll_ExportsTheLastOfIt(bool isGrpc)
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc);
        await using var service = ExportingService.Start(
            collector.Address, collector.Protocol, "--set", "Telemetry:Otlp:MetricsInterval=1h");
        await service.Process.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));
        await collector.SpanAsync(span => span.Name == "commit");

        service.Process.Signal("TERM");

        Assert.Equal(ExitCode.Success, await service.Process.ExitCodeAsync());
        Assert.Contains(collector.Metrics, one => one is { Name: "rx_alerting_views_total", Value: ExportingService.Views });
        Assert.Contains(collector.Spans, span => span.Name == "commit");
    }

    /// <summary>Metrics of the page that are not, or not so, in what was exported. Null: there is none.</summary>
    private static string? Difference(Dictionary<string, double> page, IReadOnlyList<OtlpSeries> exported)
    {
        string[] moving = ["_timestamp_seconds", "_delay_seconds", "rx_alerting_otlp_", "_bucket", "_sum", "_count"];
        var byName = exported.ToDictionary(
            one => one.Labels.Length == 0 ? one.Name : $"{one.Name}{{{one.Labels}}}", one => one.Value, StringComparer.Ordinal);
        var ours = page.Where(one =>
            one.Key.StartsWith("rx_alerting_", StringComparison.Ordinal)
            && !moving.Any(part => one.Key.Contains(part, StringComparison.Ordinal)));
        if (page.GetValueOrDefault("rx_alerting_views_total") < ExportingService.Views)
            return "not all views were counted";
        foreach (var (name, value) in ours)
        {
            var sorted = Sorted(name);
            if (!byName.TryGetValue(sorted, out var sent) || sent != value)
                return $"{sorted} is {value}, and was exported as {(byName.ContainsKey(sorted) ? sent : "nothing")}";
        }

        return null;
    }

    /// <summary>With the labels in the order of their names.</summary>
    private static string Sorted(string name)
    {
        var brace = name.IndexOf('{', StringComparison.Ordinal);
        return brace < 0 ? name : $"{name[..brace]}{{{string.Join(',', name[(brace + 1)..^1].Split(',').Order(StringComparer.Ordinal))}}}";
    }
}
