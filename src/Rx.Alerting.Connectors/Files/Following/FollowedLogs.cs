using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The logs of one reading: the files that were named, and those that are found in folders. No file is read as a part of two.</summary>
/// <remarks>
/// Of several names of one file that is kept which a checkpoint has, then the one that was given first, then, in folders, what is no link before what
/// is one, by name. So the choice is the same after a restart.
/// </remarks>
internal sealed class FollowedLogs(IReadOnlyDictionary<string, LogPosition> positions, FollowContext context) : IDisposable
{
    private readonly FollowOptions options = context.Options;
    private readonly List<FollowedLog> all = [];
    private readonly List<FollowedFolder> folders = [];
    private readonly List<string> named = [];
    private readonly KnownLogs known = new(positions, context);
    private readonly SameFiles same = new(context);
    private readonly StartAt start = positions.Count == 0 ? context.Options.StartAt : StartAt.Beginning;
    private long discovered;
    private bool full, hasOtherNames;

    internal IReadOnlyList<FollowedLog> All => all;

    /// <summary>How long until new files are to be looked for.</summary>
    internal TimeSpan Due => folders.Count == 0 && !hasOtherNames ? TimeSpan.MaxValue : options.DiscoveryInterval - context.Time.GetElapsedTime(discovered);

    /// <exception cref="FileSourceException">Files cannot be read; all are named.</exception>
    internal void Start()
    {
        var faults = new List<string>();
        foreach (var path in options.Paths)
        {
            if (Path.EndsInDirectorySeparator(path) || Directory.Exists(path) || WasFolder(path))
                AddFolder(path.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) is { Length: > 0 } folder ? folder : path, path);
            else if (FilePattern.IsPattern(path) && !File.Exists(path))
                folders.Add(new(LogPlace.Of(path).Folder, new(path), context));
            else
                named.Add(path);
        }

        Find(start, faults);
        if (faults.Count > 0)
            throw new FileSourceException(faults);
    }

    /// <summary>What is to be said of the logs that have a position and are not read, so that event time does not wait for them.</summary>
    internal IEnumerable<ViewBatch> Unread()
    {
        foreach (var (name, position) in positions.Where(known => !all.Exists(log => log.Name == known.Key)).OrderBy(known => known.Key, StringComparer.Ordinal))
        {
            // Another name of a log was read for itself before this was noticed.
            var isRead = same.Of(name, all) is not null;
            var waits = !isRead && IsInFolder(name);
            if (!isRead && !waits)
                FollowLog.NotConfigured(context.Logger, name);
            // With its position, as it may be read again some day.
            yield return new(name) { Position = isRead ? null : position.ToString(), Status = waits ? PartitionStatus.Idle : PartitionStatus.Finished };
        }
    }

    /// <summary>Looks for new files if it is time to; true if there are some.</summary>
    internal bool Discover()
    {
        if (Due > TimeSpan.Zero)
            return false;
        var before = all.Count;
        var faults = new List<string>();
        Find(StartAt.Beginning, faults);
        return faults.Count > 0 ? throw new FileSourceException(faults) : all.Count > before;
    }

    internal void RemoveFinished()
    {
        foreach (var log in all.Where(log => log.Finished).ToList())
        {
            if (log.Refused is { } refusal)
                FolderOf(log.Path)?.Refuse(log.Path, refusal);
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

    private void AddFolder(string folder, string path)
    {
        if (!folders.Exists(other => other.IsAt(folder)))
            folders.Add(new(folder, pattern: null, context));
        else
            FollowLog.SameFile(context.Logger, path, folders.Find(other => other.IsAt(folder))!.Path);
    }

    /// <summary>Whether files in it have been read: its volume may not be mounted yet.</summary>
    private bool WasFolder(string path) => known.Names.Any(name => Path.GetFullPath(LogPlace.Of(name).Folder) == Path.GetFullPath(path));

    private FollowedFolder? FolderOf(string file) => folders.Find(folder => folder.Holds(file));

    private bool IsInFolder(string file) => FolderOf(file) is not null;

    /// <summary>Logs of the checkpoint come first, so that what they read on is not taken for a new one's.</summary>
    private void Find(StartAt where, List<string> faults)
    {
        discovered = context.Time.GetTimestamp();
        same.Forget();
        foreach (var path in named.Where(positions.ContainsKey))
            Add(path, path, where, inFolder: false, faults);
        foreach (var name in known.NotBegun.Where(IsInFolder).ToList())
            Add(name, name, where, inFolder: true, faults);
        foreach (var path in named.Where(path => !positions.ContainsKey(path)))
            Add(path, NameOf(path), where, inFolder: false, faults);
        hasOtherNames = named.Exists(path => !all.Exists(log => log.Path == path));
        foreach (var folder in folders)
        {
            foreach (var path in folder.Find(all))
                Add(path, NameOf(path), where, inFolder: true, faults);
        }
    }

    private string NameOf(string path)
    {
        var name = known.NameOf(path, same, name => named.Contains(name) || IsInFolder(name));

        // A log may be known by a path that is another file's by now.
        while (all.Exists(log => log.Name == name && log.Path != path))
            name = Path.Combine(LogPlace.Of(name).Folder, ".", Path.GetFileName(name));
        return name;
    }

    private void Add(string path, string name, StartAt where, bool inFolder, List<string> faults)
    {
        if (same.Of(path, all) is not null)
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

        var position = known.PositionOf(name);
        var log = new FollowedLog(new(path, options), name, position, where, inFolder, file => IsOthers(name, file), context);
        try
        {
            if (log.Prepare() is not { } refusal || (inFolder && position is not null))
                all.Add(log);
            else if (inFolder)
                FolderOf(path)!.Refuse(path, refusal);
            else
                faults.Add($"{path}: {refusal.Reason}");
        }
        catch (FileSourceException e)
        {
            faults.AddRange(e.Faults);
        }
        finally
        {
            if (all.Contains(log))
                Begin(log);
            else
                log.Dispose();
        }
    }

    private void Begin(FollowedLog log)
    {
        known.Begin(log.Name);
        FolderOf(log.Path)?.Accept(log.Path);
        if (log.Name != log.Path)
            FollowLog.KnownAs(context.Logger, log.Path, log.Name);
    }

    private bool IsOthers(string name, FoundFile file) => all.Exists(log => log.Name != name && log.Owns(file));
}
