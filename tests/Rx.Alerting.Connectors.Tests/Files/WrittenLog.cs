using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>A folder with a log that a test writes and rotates, and what follows it.</summary>
internal sealed class WrittenLog : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<BatchCollector> collectors = [];

    internal string Folder => folder.Path;

    internal string Log => At("app.log");

    /// <summary>The log messages of all readings.</summary>
    internal RecordedLog<FollowedFileSource> Lines { get; } = new();

    internal FollowCounters Counters { get; private set; } = new();

    internal string At(string name) => Path.Combine(folder.Path, name);

    /// <summary>Appends a view for each id. The last line has no line end if <paramref name="whole"/> is false.</summary>
    internal void Write(string path, IEnumerable<string> ids, bool whole = true) =>
        File.AppendAllText(path, string.Join('\n', ids.Select(id => FileReading.Line(1, id))) + (whole ? "\n" : string.Empty));

    internal void Write(params string[] ids) => Write(Log, ids);

    /// <summary>Renames the log and its rotated files, as logrotate does. Deletes the oldest.</summary>
    internal void Rotate(int keep = 9)
    {
        for (var i = keep; i > 1; i--)
        {
            Move($"{Log}.{i - 1}", $"{Log}.{i}");
            Move($"{Log}.{i - 1}.gz", $"{Log}.{i}.gz");
        }

        Move(Log, Log + ".1");

        static void Move(string from, string to)
        {
            if (File.Exists(from))
                File.Move(from, to, overwrite: true);
        }
    }

    /// <summary>Copies the log, and truncates it.</summary>
    internal void CopyAndTruncate()
    {
        for (var i = 9; i > 1; i--)
        {
            if (File.Exists($"{Log}.{i - 1}"))
                File.Move($"{Log}.{i - 1}", $"{Log}.{i}", overwrite: true);
        }

        File.Copy(Log, $"{Log}.1", overwrite: true);
        using var log = new FileStream(Log, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
    }

    /// <summary>Compresses a file as gzip does: the compressed file grows beside the other file.</summary>
    internal void Compress(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        var packed = FileReading.Gzip(File.ReadAllBytes(path));
        File.WriteAllBytes(path + ".gz", packed[..(packed.Length / 2)]);
        File.WriteAllBytes(path + ".gz", packed);
        File.SetLastWriteTimeUtc(path + ".gz", written);
        File.Delete(path);
    }

    internal FollowOptions Options(params string[] paths) => new()
    {
        Paths = paths.Length > 0 ? paths : [Log],
        PollInterval = TimeSpan.FromMilliseconds(10),
        DiscoveryInterval = TimeSpan.FromMilliseconds(10),
        IdleAfter = TimeSpan.Zero,
        RotationWait = TimeSpan.FromMilliseconds(30),
        BatchViews = 3,
    };

    internal BatchCollector Read(
        FollowOptions? options = null, IReadOnlyDictionary<string, string>? positions = null,
        Action<BatchCollector, PushedBatch>? onNext = null)
    {
        var source = new FollowedFileSource(options ?? Options(), TimeProvider.System, Lines);
        Counters = source.Counters;
        var collector = BatchCollector.Read(source, positions, onNext: onNext);
        collectors.Add(collector);
        return collector;
    }

    /// <summary>Reads until the log has so many views and is idle, and stops.</summary>
    internal async Task<IReadOnlyList<string>> ReadAsync(
        int count, FollowOptions? options = null, IReadOnlyDictionary<string, string>? positions = null)
    {
        using var collector = Read(options, positions);
        await IdleAsync(collector, count);
        return collector.Ids(Log);
    }

    /// <summary>How often an event was told.</summary>
    internal int Told(int id) => Lines.Lines.Count(line => line.Id == id);

    /// <summary>Adds a file to the folder, and ends when it has been read. Then all older files have been looked at.</summary>
    internal async Task LookedAsync(BatchCollector collector, string name = "zz.log")
    {
        Write(At(name), ["looked"]);
        await IdleAsync(collector, 1, At(name));
    }

    internal async Task IdleAsync(BatchCollector collector, int count, string? path = null) => await collector.UntilAsync(
        _ => collector.Ids(path ?? Log).Count >= count && collector.Status(path ?? Log) == PartitionStatus.Idle,
        $"{count} views, then idle");

    internal Task UntilReadAsync(BatchCollector collector, string id) => UntilAsync(collector, Log, id);

    internal async Task UntilAsync(BatchCollector collector, string path, string id) => await collector.UntilAsync(
        _ => collector.Ids(path).Contains(id) && collector.Status(path) == PartitionStatus.Idle, $"the view {id}, then idle");

    public void Dispose()
    {
        collectors.ForEach(collector => collector.Dispose());
        folder.Dispose();
    }
}
