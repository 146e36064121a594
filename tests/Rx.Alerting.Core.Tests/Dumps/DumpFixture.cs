using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Cuts;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;
using Rx.Alerting.Testing.Dumps;

namespace Rx.Alerting.Core.Tests.Dumps;

/// <summary>A pipeline that runs, and a target for its dumps.</summary>
public abstract class DumpFixture : IAsyncDisposable
{
    protected const string Folder = "c";

    private readonly InMemoryCheckpointStore store = new();
    private readonly List<RunningPipeline> pipelines = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static PipelineOptions Options { get; } = new();

    private protected InMemoryDumpTarget Target { get; } = new();

    private protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-11-25T12:00:00Z", null));

    public async ValueTask DisposeAsync()
    {
        foreach (var pipeline in pipelines)
            await pipeline.DisposeAsync();
        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A pipeline to which all views were pushed.</summary>
    private protected RunningPipeline Run(TestTraffic traffic, string name = "views") => Run(traffic.Views, name);

    private protected RunningPipeline Run(IEnumerable<TestView> views, string name = "views")
    {
        var batches = views.Chunk(50).Select((chunk, number) =>
        {
            var batch = TestBatches.Of("p0", chunk);
            batch.Position = $"{number + 1}";
            return batch;
        });
        pipelines.Add(new RunningPipeline(store, batches, Options, name));
        pipelines[^1].Push(int.MaxValue);
        return pipelines[^1];
    }

    private protected Task<DumpOutcome> DumpAsync(
        DumpRequest request, RunningPipeline running, string name = "views", TimeProvider? clock = null) =>
        new PipelineDump(Options, Target, Path.GetTempPath(), 1L << 30, clock ?? Clock)
            .RunAsync(request, name, running.Pipeline, new DumpProgress(), Cancel);

    /// <summary>The rows of a part, each on one line.</summary>
    private protected IReadOnlyList<JsonElement> Rows(string part = "views", string file = "error-rates.jsonl.gz") =>
        [.. Target.Lines($"{Folder}/{part}/{file}").Select(line => JsonDocument.Parse(line).RootElement)];

    private protected static DumpRequest ErrorRates(DumpFilter? filter = null, string by = "ann") =>
        new("c", by, DumpKind.ErrorRates) { Filter = filter ?? new() };
}
