using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Files;

public sealed class FileViewSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Read_OneFile_GivesItsViewsInBatches(int degreeOfParallelism)
    {
        var lines = Enumerable.Range(0, 10).Select(second => FileReading.Line(second)).ToArray();
        var path = folder.File("views.jsonl", FileReading.Lines(lines));
        var reading = FileReading.Of(new() { Paths = [path], BatchViews = 4, MaximumDegreeOfParallelism = degreeOfParallelism });
        Assert.Equal(Enumerable.Range(0, 10).Select(second => $"p t {1_767_225_600_000 + (second * 1000)}  {path}"), reading.Views);
        Assert.Equal(
            [(path, null, PartitionStatus.Active), .. Ends(lines, 4, 8).Select(end => (path, (string?)end, PartitionStatus.Active)),
                (path, Ends(lines, 10).Single(), PartitionStatus.Finished)],
            reading.Batches);
        Assert.Equal(new(new FileInfo(path).Length, new FileInfo(path).Length, 10), reading.Progress);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Read_SeveralFiles_AreMergedByEventTime()
    {
        var early = folder.File(
            "b.jsonl", FileReading.Lines(FileReading.Line(0), FileReading.Line(1), FileReading.Line(20), FileReading.Line(21)));
        var late = folder.File(
            "a.jsonl", FileReading.Lines(FileReading.Line(10), FileReading.Line(11), FileReading.Line(12), FileReading.Line(13)));
        var reading = FileReading.Of(new() { Paths = [late, early], BatchViews = 1 });
        Assert.Equal([late, early], reading.Batches.Take(2).Select(batch => batch.Partition));
        Assert.Equal([10, 0, 1, 20, 11, 12, 13, 21], reading.Views.Select(view => (long.Parse(view.Split(' ')[2]) / 1000) - 1_767_225_600));
    }

    [Fact]
    public void Read_Position_GoesOnBehindIt()
    {
        var lines = Enumerable.Range(0, 10).Select(second => FileReading.Line(second)).ToArray();
        var content = FileReading.Lines(lines);
        foreach (var path in new[] { folder.File("plain", content), folder.File("gz", FileReading.Gzip(content)) })
        {
            var whole = FileReading.Of(new() { Paths = [path], BatchViews = 3 });
            var rest = FileReading.Of(new() { Paths = [path] }, new Dictionary<string, string> { [path] = whole.Batches[2].Position! });
            Assert.Equal(whole.Views.Skip(6), rest.Views);
        }
    }

    [Fact]
    public void Read_StandardInput_IsAFileLikeAnyOther()
    {
        var reading = FileReading.Of(
            new() { Paths = ["-"], StandardInput = () => new MemoryStream(FileReading.Gzip(FileReading.Lines(FileReading.Line(1)))) });
        Assert.Equal(["p t 1767225601000  -"], reading.Views);
    }

    [Fact]
    public void Read_LineEndings_AreOfAnyKind()
    {
        var text = $"\uFEFF\r\n{FileReading.Line(1)}\r\n\n  \n\t\r\n{FileReading.Line(2)}\n{FileReading.Line(3)}";
        var reading = FileReading.Of(new() { Paths = [folder.File("f", System.Text.Encoding.UTF8.GetBytes(text))] });
        Assert.Equal(3, reading.Views.Count);
        Assert.Empty(reading.Rejected);
    }

    [Fact]
    public async Task Read_ObserverThrows_IsToldOfIt()
    {
        using var source = FileViewSource.Open(new() { Paths = [folder.File("f", FileReading.Lines(FileReading.Line(1)))] });
        var observer = new Throwing();
        source.Read(new Dictionary<string, string>(), OpenGate.Instance).Subscribe(observer);
        Assert.Equal("broken", (await observer.Error.Task).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Read_Disposed_PushesNoMore(int degreeOfParallelism)
    {
        var path = folder.File("f", FileReading.Lines([.. Enumerable.Range(0, 1000).Select(second => FileReading.Line(second))]));
        using var source = FileViewSource.Open(new() { Paths = [path], BatchViews = 1, MaximumDegreeOfParallelism = degreeOfParallelism });
        var observer = new Stopping();
        observer.Subscription.SetResult(source.Read(new Dictionary<string, string>(), OpenGate.Instance).Subscribe(observer));
        await observer.Stopped.Task;
        Assert.False(observer.PushedAfterwards);
    }

    private static IEnumerable<string> Ends(string[] lines, params int[] counts) =>
        counts.Select(count => lines.Take(count).Sum(line => line.Length + 1).ToString());

    private sealed class Throwing : IObserver<ViewBatch>
    {
        internal TaskCompletionSource<Exception> Error { get; } = new();

        public void OnNext(ViewBatch value) => throw new InvalidOperationException("broken");

        public void OnError(Exception error) => Error.SetResult(error);

        public void OnCompleted() => Error.SetResult(new InvalidOperationException("completed"));
    }

    private sealed class Stopping : IObserver<ViewBatch>
    {
        private bool stopped;

        internal TaskCompletionSource<IDisposable> Subscription { get; } = new();

        internal TaskCompletionSource Stopped { get; } = new();

        internal bool PushedAfterwards { get; private set; }

        public void OnNext(ViewBatch value)
        {
            PushedAfterwards |= stopped;
            stopped = true;
            Subscription.Task.GetAwaiter().GetResult().Dispose();
            Stopped.TrySetResult();
        }

        public void OnError(Exception error) => Stopped.TrySetException(error);

        public void OnCompleted() => Stopped.TrySetException(new InvalidOperationException("completed"));
    }
}
