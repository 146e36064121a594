using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Checkpoints;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>Imports of several commits that do not come to their end.</summary>
public sealed class CheckpointImportTests
{
    private const string Pipeline = "test/views";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_BrokenOff_IsNeverTakenForAWholeOne()
    {
        await using var store = new InMemoryCheckpointStore();
        await using var failing = new InterruptingStore(store, commit =>
            commit.Id < 2 ? Task.CompletedTask : throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "away"));

        await Assert.ThrowsAsync<CheckpointStoreException>(() => ImportAsync(failing));

        var head = await store.FindAsync(Pipeline, Cancel);
        Assert.Equal(1, head!.Id);
        var half = new List<StateEntry>();
        using (var snapshot = await ((ICheckpointStore)store).SnapshotAsync(Pipeline, Cancel))
        {
            await foreach (var chunk in snapshot!.Chunks)
                half.AddRange(chunk);
        }

        Assert.NotEmpty(half);
        var fault = Assert.Throws<CheckpointFormatException>(() => new DetectionPipeline(new PipelineOptions(), half));
        Assert.Contains("it has no header. If an import was broken off, repeat it", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "it has no header",
            (await Inspector.InspectAsync(new StoredPipeline(store, Pipeline, head), 1, Cancel)).Fault,
            StringComparison.Ordinal);

        Assert.Equal(4, (await ImportAsync(store, force: true)).Id);
        var damaged = await Inspector.InspectAsync(new StoredPipeline(store, Pipeline, head), 1, Cancel);
        Assert.Contains("an entry of section “titles” is longer than its content", damaged.Fault, StringComparison.Ordinal);
        Assert.Equal(
            4, (await new StoredPipeline(store, Pipeline, head).MeasureAsync(look: null, Cancel)).Sections.Sum(size => size.Entries));
    }

    [Fact]
    public async Task Import_TakenOverMeanwhile_SaysToStopTheService()
    {
        await using var store = new InMemoryCheckpointStore();
        await using var contested = new InterruptingStore(
            store, commit => commit.Id == 2 ? store.AcquireAsync(Pipeline, "the service", Cancel) : Task.CompletedTask);

        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => ImportAsync(contested));

        Assert.Equal(
            "a running service has taken the pipeline “test/views” over while it was imported: stop the service, "
            + "and import again with --force.",
            failure.Message);
    }

    private static async Task<CheckpointHead> ImportAsync(ICheckpointStore store, bool force = false)
    {
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        var header = pipeline.Save().Single(entry => entry.Key.Section == StateSections.Header);
        var large = Enumerable.Range(0, 3).Select(i => new StateEntry(new(StateSections.Titles, 1, (ulong)i), new byte[9 << 20]));
        using var file = new MemoryStream();
        var writer = new CheckpointFileWriter(file);
        writer.Begin(new CheckpointOrigin(Pipeline, 7, null));
        foreach (var entry in large.Prepend(header))
            writer.Write([entry]);
        writer.End();

        file.Position = 0;
        Assert.Equal(4, CheckpointImport.Verify(new CheckpointFileReader(file)));
        file.Position = 0;
        return await new CheckpointImport(store, TimeProvider.System)
            .RunAsync(new CheckpointFileReader(file), Pipeline, force, _ => { }, Cancel);
    }
}
