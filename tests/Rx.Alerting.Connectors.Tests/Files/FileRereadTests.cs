using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Files can be read again from wherever a checkpoint says.</summary>
public sealed class FileRereadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Read_Again_GivesWhatIsBehindThePositionsOnceMore(int degreeOfParallelism)
    {
        var path = folder.File("f", FileReading.Gzip(Lines(10)));
        using var source = FileViewSource.Open(new() { Paths = [path], BatchViews = 3, MaximumDegreeOfParallelism = degreeOfParallelism });
        var first = await ReadAsync(source, []);

        var second = await ReadAsync(source, new() { [path] = first[2].Position! });

        Assert.Equal([0, 3, 3, 3, 1], first.Select(batch => batch.Views));
        Assert.Equal([0, 3, 1], second.Select(batch => batch.Views));
        Assert.Equal(4, source.Progress.Records);
    }

    [Fact]
    public async Task Read_StandardInputAgain_FailsAndSaysWhatToDo()
    {
        using var source = FileViewSource.Open(new() { Paths = ["-"], StandardInput = () => new MemoryStream(Lines(3)) });
        await ReadAsync(source, []);

        var failure = await Assert.ThrowsAsync<FileSourceException>(() => ReadAsync(source, []));

        Assert.Equal("-: the standard input can be read only once; give its content as a file", failure.Message);
    }

    [Fact]
    public async Task Read_AgainWhenTheFileIsGone_FailsAndNamesIt()
    {
        var path = folder.File("f", Lines(3));
        using var source = FileViewSource.Open(new() { Paths = [path] });
        await ReadAsync(source, []);
        File.Delete(path);

        var failure = await Assert.ThrowsAsync<FileSourceException>(() => ReadAsync(source, []));

        Assert.Equal($"{path}: no such file", failure.Message);
    }

    [Fact]
    public async Task CheckpointedPipeline_StoreHasGoneBack_ReadsTheFilesAgain()
    {
        using var source = FileViewSource.Open(
            new() { Paths = [folder.File("a", Lines(500)), folder.File("b", Lines(300))], BatchViews = 10 });
        var store = new ForgetfulStore();
        var pipeline = new CheckpointedPipeline(
            "p", new PipelineOptions(), new CheckpointOptions(), store, [], TimeProvider.System, new NoEvents());

        await pipeline.RunAsync(source, CancellationToken.None);

        Assert.Equal(2, store.Acquired);
        using var restored = new DetectionPipeline(
            new PipelineOptions(), [.. store.Kept.Entries("p").Select(entry => new StateEntry(entry.Key, entry.Value))]);
        Assert.Equal(800, restored.Statistics.Views);
    }

    private static byte[] Lines(int count) => FileReading.Lines([.. Enumerable.Range(0, count).Select(second => FileReading.Line(second))]);

    private static async Task<IReadOnlyList<(int Views, string? Position)>> ReadAsync(
        FileViewSource source,
        Dictionary<string, string> positions)
    {
        var batches = new List<(int, string?)>();
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = source.Read(positions, OpenGate.Instance).Subscribe(
            batch => batches.Add((batch.ViewCount, batch.Position)), completed.SetException, completed.SetResult);
        await completed.Task;
        return batches;
    }

    /// <summary>A store that says once that it has lost its state.</summary>
    private sealed class ForgetfulStore : ICheckpointStore
    {
        public InMemoryCheckpointStore Kept { get; } = new();

        public int Acquired { get; private set; }

        public Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel)
        {
            Acquired++;
            return Kept.AcquireAsync(pipeline, owner, cancel);
        }

        public Task CommitAsync(CheckpointCommit commit, CancellationToken cancel) => Acquired == 1
            ? Task.FromException(new CheckpointRolledBackException(commit.Pipeline, commit.Id - 1, 0))
            : Kept.CommitAsync(commit, cancel);

        public Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) => Kept.FindAsync(pipeline, cancel);

        public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => Kept.ListAsync(cancel);

        public IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel) =>
            Kept.ReadAsync(pipeline, section, cancel);

        public Task ResetAsync(string pipeline, CancellationToken cancel) => Kept.ResetAsync(pipeline, cancel);

        public ValueTask DisposeAsync() => Kept.DisposeAsync();
    }

    private sealed class NoEvents : IObserver<CheckpointEvent>
    {
        public void OnNext(CheckpointEvent value)
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
