using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The logs of one reading: the files that were named, and those that are found in folders.</summary>
internal sealed class FollowedLogs(IReadOnlyDictionary<string, LogPosition> positions, FollowContext context) : IDisposable
{
    private readonly FollowOptions options = context.Options;
    private readonly List<FollowedLog> all = [];
    private readonly List<FollowedFolder> folders = [];
    private readonly HashSet<string> begun = [];
    private readonly FollowStart start = positions.Count == 0 ? context.Options.StartAt : FollowStart.Beginning;
    private long discovered;
    private bool full;

    internal IReadOnlyList<FollowedLog> All => all;

    /// <summary>How long until new files are to be looked for.</summary>
    internal TimeSpan Due => folders.Count == 0 ? TimeSpan.MaxValue : options.DiscoveryInterval - context.Time.GetElapsedTime(discovered);

    /// <exception cref="FileSourceException">Files cannot be read; all are named.</exception>
    internal void Start()
    {
        var faults = new List<string>();
        foreach (var path in options.Paths)
        {
            if (Path.EndsInDirectorySeparator(path) || Directory.Exists(path) || WasFolder(path))
                folders.Add(new(Path.TrimEndingDirectorySeparator(path), context));
            else
                Add(path, start, inFolder: false, faults);
        }

        Find(start, faults);
        if (faults.Count > 0)
            throw new FileSourceException(faults);
    }

    /// <summary>Whether files in it have been read: its volume may not be mounted yet.</summary>
    private bool WasFolder(string path) => positions.Keys.Any(name => Path.GetDirectoryName(name) == path);

    /// <summary>What is to be said of the logs that have a position and are not read, so that event time does not wait for them.</summary>
    internal IEnumerable<ViewBatch> Unread()
    {
        foreach (var (name, position) in positions.Where(known => !all.Exists(log => log.Name == known.Key)).OrderBy(known => known.Key, StringComparer.Ordinal))
        {
            var waits = folders.Exists(folder => folder.Holds(name));
            if (!waits)
                FollowLog.NotConfigured(context.Logger, name);
            // With its position, as it may be read again some day.
            yield return new(name) { Position = position.ToString(), Status = waits ? PartitionStatus.Idle : PartitionStatus.Finished };
        }
    }

    /// <summary>Looks for new files if it is time to; true if there are some.</summary>
    internal bool Discover()
    {
        if (Due > TimeSpan.Zero)
            return false;
        var before = all.Count;
        var faults = new List<string>();
        Find(FollowStart.Beginning, faults);
        return faults.Count > 0 ? throw new FileSourceException(faults) : all.Count > before;
    }

    internal void RemoveFinished()
    {
        foreach (var log in all.Where(log => log.Finished).ToList())
        {
            all.Remove(log);
            log.Dispose();
            full = false;
        }
    }

    public void Dispose()
    {
        foreach (var log in all)
            log.Dispose();
    }

    private void Find(FollowStart where, List<string> faults)
    {
        discovered = context.Time.GetTimestamp();
        foreach (var folder in folders)
        {
            foreach (var name in positions.Keys.Where(name => folder.Holds(name) && !begun.Contains(name)).Order(StringComparer.Ordinal))
                Add(name, where, inFolder: true, faults);
        }

        foreach (var folder in folders)
        {
            foreach (var path in folder.Find(all))
                Add(path, where, inFolder: true, faults);
        }
    }

    /// <summary>A log that has finished and is there again is another one, for which its position says nothing.</summary>
    private LogPosition? Known(string name) => !begun.Contains(name) && positions.TryGetValue(name, out var position) ? position : null;

    private void Add(string path, FollowStart where, bool inFolder, List<string> faults)
    {
        if (all.Exists(log => log.Name == path))
            return;
        if (all.Count >= options.MaximumFiles)
        {
            if (!inFolder)
                faults.Add($"{path}: would be one file more than Follow:MaximumFiles, which is {options.MaximumFiles}");
            else if (!full)
                FollowLog.TooMany(context.Logger, all.Count, path);
            full = true;
            return;
        }

        var position = Known(path);
        var log = new FollowedLog(new(path, options), position, where, inFolder, context);
        try
        {
            if (log.Prepare() is not { } fault || (inFolder && position is not null))
                all.Add(log);
            else if (inFolder)
                folders.Find(folder => folder.Holds(path))!.Refuse(path, fault);
            else
                faults.Add($"{path}: {fault}");
        }
        catch (FileSourceException e)
        {
            faults.AddRange(e.Faults);
        }
        finally
        {
            if (all.Contains(log))
                begun.Add(path);
            else
                log.Dispose();
        }
    }
}
