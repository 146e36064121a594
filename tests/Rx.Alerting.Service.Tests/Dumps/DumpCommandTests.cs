using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text;
using System.Text.Json;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Dumps;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Dumps;

/// <summary><c>rx-alerting control dump-…</c> to a service that runs, with its defaults.</summary>
public sealed class DumpCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly Subject<ViewBatch> views = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        var batch = TestBatches.Of("p", Enumerable.Range(0, 900).Select(i => new TestView(
            1_764_000_000_000 + (i * 1000), i % 3 == 0 ? "shop" : "news", $"t{i % 4}", i % 10 == 0 ? "network" : "", "Lost.")));
        batch.Position = "900";
        service = await RunningService.StartAsync(new ScriptedSource(Observable.Return(batch).Concat(views)), folder);
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        views.Dispose();
    }

    [Fact]
    public async Task ErrorRates_OfAService_AreBesideItsStore()
    {
        var run = await RunAsync("dump-error-rates", "--property", "sh?p", "--id", "c/1");
        var again = await RunAsync("dump-error-rates", "--property", "sh?p", "--id", "c/1", "--json");
        var other = await RunAsync("dump-error-rates", "--id", "c/1");

        run.Expect(ExitCode.Success);
        Assert.StartsWith("dump-error-rates c/1: done", run.Output, StringComparison.Ordinal);
        again.Expect(ExitCode.Success);
        var part = Assert.Single(ControlJson.Read(Encoding.UTF8.GetBytes(again.Output))!.Pipelines);
        Assert.Equal(ReplyStatus.AlreadySo, part.Status);
        Assert.StartsWith(folder["dumps"], part.Dump!.Location, StringComparison.Ordinal);
        Assert.EndsWith("/c~2F1/test~2Fscript/error-rates.jsonl.gz", part.Dump.Location, StringComparison.Ordinal);
        var rows = await RowsAsync(part.Dump.Location);
        Assert.Equal(part.Dump.Rows, rows.Count);
        Assert.All(rows, row => Assert.Equal("shop", row.GetProperty("property").GetString()));
        Assert.Contains(rows, row => row.GetProperty("error_type").GetString() == "network");
        other.Expect(ExitCode.Failed);
        Assert.Contains("choose a new one", other.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incidents_OfAService_AreWritten()
    {
        var run = await RunAsync("dump-incidents", "--all", "--id", "i");

        run.Expect(ExitCode.Success);
        var manifest = Directory.GetFiles(folder["dumps"], "manifest.json", SearchOption.AllDirectories).Max()!;
        using var parsed = JsonDocument.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken));
        Assert.True(parsed.RootElement.GetProperty("order").GetProperty("all").GetBoolean());
        Assert.Equal("""{"p":"900"}""", JsonSerializer.Serialize(parsed.RootElement.GetProperty("positions")));
        Assert.Equal(900, parsed.RootElement.GetProperty("counters").GetProperty("views").GetInt32());
    }

    [Fact]
    public async Task ErrorRates_OfAServiceWithABucket_AreInS3()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true" || S3Server.Missing is null, S3Server.Missing ?? "");
        using var s3 = await S3Server.StartAsync();
        var state = new TemporaryFolder();
        var dumps = new DumpOptions
        {
            Bucket = S3Server.Bucket,
            Prefix = "all",
            Endpoint = s3.Url,
            PathStyle = true,
            AccessKeyId = S3Server.AccessKeyId,
            SecretAccessKey = S3Server.SecretAccessKey,
        };
        var settings = new Settings { Sqlite = new() { Path = state["state.db"] }, Dumps = dumps };
        await using var other = await RunningService.StartAsync(ScriptedSource.Silent, state, settings);

        var run = await CommandRun.OfAsync(
            "control", "dump-error-rates", "--id", "c", "--by", "ann", "--json", "--url", other.Client.BaseAddress!.ToString());

        run.Expect(ExitCode.Success);
        var part = Assert.Single(ControlJson.Read(Encoding.UTF8.GetBytes(run.Output))!.Pipelines);
        Assert.StartsWith("s3://rx-dumps/all/", part.Dump!.Location, StringComparison.Ordinal);
        var target = dumps.Open(beside: "x");
        using var disposed = target as IDisposable;
        var key = part.Dump.Location["s3://rx-dumps/all/".Length..];
        var rows = await target.ReadAsync(key, TestContext.Current.CancellationToken);
        Assert.Equal(part.Dump.Bytes, rows!.Length);
        Assert.Equal(3, (await target.ListAsync(key.Split('/')[0], TestContext.Current.CancellationToken)).Count);
        Assert.False(Directory.Exists(state["dumps"]));
    }

    private static async Task<List<JsonElement>> RowsAsync(string path)
    {
        using var reader = new StreamReader(Gzip.Open(File.OpenRead(path)));
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return [.. text.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private Task<CommandRun> RunAsync(params string[] arguments) =>
        CommandRun.OfAsync(["control", .. arguments, "--by", "ann", "--url", service.Client.BaseAddress!.ToString()]);
}
