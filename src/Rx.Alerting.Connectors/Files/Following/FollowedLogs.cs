using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// The logs of one reading: files that the options name, and files that are found in folders. No file is read as a part of two logs.
/// </summary>
/// <remarks>
/// If a file has several names, these rules choose one, so that the choice is the same after a restart:
/// <list type="number">
/// <item>the name that the checkpoint has;</item>
/// <item>the name that the options give first;</item>
/// <item>in folders, a name that is not a symbolic link; of several, the first in order.</item>
/// </list>
/// </remarks>
internal sealed class FollowedLogs(IReadOnlyDictionary<string, LogPosition> positions, FollowContext context) : IDisposable
{
    private readonly FollowOptions options = context.Options;
    private readonly List<FollowedLog> all = [];
    private readonly List<FollowedFolder> folders = [];
    private readonly List<string> named = [];
    private readonly CheckpointedLogs known = new(positions, context);
    private readonly PathAliases aliases = new(context);
    private readonly StartAt start = positions.Count == 0 ? context.Options.StartAt : StartAt.Beginning;
    private long discovered;
    private bool full, hasOtherNames;

    internal IReadOnlyList<FollowedLog> All => all;

    /// <summary>How long until the next look for new files.</summary>
    internal TimeSpan Due => folders.Count == 0 && !hasOtherNames
        ? TimeSpan.MaxValue
        : options.DiscoveryInterval - context.Time.GetElapsedTime(discovered);

    /// <exception cref="FileSourceException">Files cannot be read. The message names all of them.</exception>
    internal void Start()
    {
        var faults = new List<string>();
        foreach (var path in options.Paths)
        {
            if (Path.EndsInDirectorySeparator(path) || Directory.Exists(path) || WasFolder(path))
                AddFolder(path);
            else if (FilePattern.IsPattern(path) && !File.Exists(path))
                folders.Add(new(LogPlace.Of(path).Folder, new(path), context));
            else
                named.Add(path);
        }

        Find(start, faults);
        if (faults.Count > 0)
            throw new FileSourceException(faults);
    }

    /// <summary>Batches that say that logs of the checkpoint are not read, so that event time does not wait for them.</summary>
    internal IEnumerable<ViewBatch> Unread()
    {
        var unread = positions
            .Where(known => !all.Exists(log => log.Name == known.Key))
            .OrderBy(known => known.Key, StringComparer.Ordinal);
        foreach (var (name, position) in unread)
        {
            // If the log is read under another name, this position is old: an earlier reading did not notice that both names are of one
            // log.
            var isRead = aliases.Of(name, all) is not null;
            var waits = !isRead && IsInFolder(name);
            if (!isRead && !waits)
                FollowLog.NotConfigured(context.Logger, name);
            // The position is kept, because the log may be read again some day.
            var status = waits ? PartitionStatus.Idle : PartitionStatus.Finished;
            yield return new(name) { Position = isRead ? null : position.ToString(), Status = status };
        }
    }

    /// <summary>Looks for new files if it is time to. True if there are some.</summary>
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

    private void AddFolder(string path)
    {
        var trimmed = path.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        var folder = trimmed.Length > 0 ? trimmed : path;
        if (folders.Find(other => other.IsAt(folder)) is { } same)
            FollowLog.SameFile(context.Logger, path, same.Path);
        else
            folders.Add(new(folder, pattern: null, context));
    }

    /// <summary>Whether the checkpoint has files in this folder. Then it is a folder, though its volume may not be mounted yet.</summary>
    private bool WasFolder(string path) =>
        known.Names.Any(name => Path.GetFullPath(LogPlace.Of(name).Folder) == Path.GetFullPath(path));

    private FollowedFolder? FolderOf(string file) => folders.Find(folder => folder.Holds(file));

    private bool IsInFolder(string file) => FolderOf(file) is not null;

    /// <summary>Finds logs. Logs of the checkpoint come first, so that their files are not taken for new logs.</summary>
    private void Find(StartAt where, List<string> faults)
    {
        discovered = context.Time.GetTimestamp();
        aliases.Forget();
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
        var name = known.NameOf(path, aliases, name => named.Contains(name) || IsInFolder(name));

        // The name may be the path of another log by now, because the log was renamed. So the name is changed until it is unique.
        while (all.Exists(log => log.Name == name && log.Path != path))
            name = Path.Combine(LogPlace.Of(name).Folder, ".", Path.GetFileName(name));
        return name;
    }

    private void Add(string path, string name, StartAt where, bool inFolder, List<string> faults)
    {
        if (aliases.Of(path, all) is not null)
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
