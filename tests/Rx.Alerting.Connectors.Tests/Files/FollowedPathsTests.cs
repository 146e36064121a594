using System.Globalization;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Positions of logs that nobody reads for now. They do not hold event time back.</summary>
public sealed class FollowedPathsTests : IDisposable
{
    private const int NotConfigured = 4216;

    private readonly WrittenLog log = new();
    private readonly RecordedLog<FollowedFileSource> lines = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task DetectionPipeline_PathIsTakenOutOfTheOptions_TheOthersGoOn()
    {
        var (a, b) = (log.At("a.log"), log.At("b.log"));
        using var first = new DetectionPipeline(new PipelineOptions());
        Write(a, 0, 1_000);
        Write(b, 0, 1_000);
        await PipeAsync(first, 2_000, PartitionStatus.Active, a, b);
        Write(b, 1_000, 20_000);

        using var second = new DetectionPipeline(new PipelineOptions(), first.Save());
        await PipeAsync(second, 20_000, PartitionStatus.Idle, b);

        Assert.Equal(first.Positions[a], second.Positions[a]);
        Assert.Equal(
            [(NotConfigured, $"{a} is not in Follow:Paths any more; its position is kept, and event time goes on without it")],
            Warnings(NotConfigured));

        Write(a, 21_000, 30);
        using var third = new DetectionPipeline(new PipelineOptions(), second.Save());
        await PipeAsync(third, 30, PartitionStatus.Idle, a, b);
        Assert.Equal((22_030, 0), (third.Statistics.Views, third.Statistics.Late));
    }

    [Fact]
    public async Task Read_FewerFilesAllowedWhenResumed_TheOthersAreIdleAndComeBeforeNewOnes()
    {
        string[] names = ["b.log", "c.log"];
        foreach (var name in names)
            log.Write(log.At(name), [name]);
        var first = log.Read(log.Options(log.Folder));
        foreach (var name in names)
            await log.IdleAsync(first, 1, log.At(name));
        first.Dispose();

        log.Write(log.At("a.log"), ["new"]);
        var resumed = log.Read(log.Options(log.Folder) with { MaximumFiles = 1 }, first.Positions());
        await log.IdleAsync(resumed, 0, log.At("b.log"));
        var told = Assert.Single(resumed.Batches, batch => batch.Partition == log.At("c.log"));
        Assert.Equal((PartitionStatus.Idle, first.Positions()[log.At("c.log")]), (told.Status, told.Position));

        log.Write(log.At("c.log"), ["more"]);
        File.Delete(log.At("b.log"));
        await log.IdleAsync(resumed, 1, log.At("c.log"));
        Assert.Equal(["more"], resumed.Ids(log.At("c.log")));
        Assert.DoesNotContain(resumed.Batches, batch => batch.Partition == log.At("a.log"));
    }

    [Fact]
    public async Task Read_FolderIsNotThereWhenResumed_ItsLogsAreWaitedForAndReadOn()
    {
        var (folder, away) = (log.At("logs"), log.At("away"));
        var file = Path.Combine(folder, "a.log");
        Directory.CreateDirectory(folder);
        log.Write(file, ["before"]);
        var first = log.Read(log.Options(folder));
        await log.IdleAsync(first, 1, file);
        first.Dispose();

        Directory.Move(folder, away);
        var resumed = log.Read(log.Options(folder), first.Positions());
        await resumed.UntilAsync(_ => resumed.Status(file) is not null, "the announcement of a log that is not there");
        log.Write(Path.Combine(away, "a.log"), ["behind"]);
        Directory.Move(away, folder);
        await log.IdleAsync(resumed, 1, file);

        Assert.Equal(["behind"], resumed.Ids(file));
        Assert.DoesNotContain(resumed.Batches, batch => batch.Status == PartitionStatus.Finished);
    }

    [Fact]
    public async Task Read_MoreFilesNamedThanAllowed_FailsAndNamesThem()
    {
        var options = log.Options(log.At("a.log"), log.At("b.log"), log.At("c.log")) with { MaximumFiles = 2 };
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(0, options));
        Assert.Equal([$"{log.At("c.log")}: would be one file more than Follow:MaximumFiles, which is 2"], failure.Faults);
    }

    private static void Write(string path, int from, int count) => File.AppendAllLines(
        path,
        Enumerable.Range(from, count).Select(
            second => FileReading.Line(second, string.Create(CultureInfo.InvariantCulture, $"v{second % 7}"))));

    /// <summary>Follows until so many more views are counted, and the logs have the status.</summary>
    private async Task PipeAsync(DetectionPipeline pipeline, int views, PartitionStatus end, params string[] paths)
    {
        var idleAfter = end == PartitionStatus.Idle ? TimeSpan.Zero : TimeSpan.FromHours(1);
        var source = new FollowedFileSource(
            log.Options(paths) with { BatchViews = 100, IdleAfter = idleAfter }, TimeProvider.System, lines);
        using var piped = BatchCollector.Read(new Piped(source, pipeline), pipeline.Positions, pipeline.Alignment);
        await piped.UntilAsync(
            _ => piped.Batches.Sum(batch => batch.Ids.Count) >= views && paths.All(path => piped.Status(path) == end), $"{views} views");
        piped.Dispose();
    }

    private IEnumerable<(int, string)> Warnings(int id) => lines.Lines.Where(line => line.Id == id);

    /// <summary>Lets a pipeline consume what is read.</summary>
    private sealed class Piped(IViewSource source, DetectionPipeline pipeline) : IViewSource
    {
        public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
            System.Reactive.Linq.Observable.Do(source.Read(positions, gate), pipeline.OnNext);
    }
}
