namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// Finds new logs in a folder. No logs are: hidden and compressed files, those that a log was renamed to, and those whose name says that a log
/// beside them was rotated to them.
/// </summary>
internal sealed class FollowedFolder(string path, FollowContext context)
{
    private readonly Dictionary<string, ulong> refused = [];
    private readonly HashSet<string> rotations = [];
    private bool failing;

    /// <summary>Whether a file is hidden or compressed.</summary>
    internal static bool IsPassedOver(string file) => Path.GetFileName(file)[0] == '.' || RotationName.IsCompressed(file);

    /// <summary>Whether a file, or where one was, is in the folder itself.</summary>
    internal bool Holds(string file) => Path.GetDirectoryName(file) == path;

    /// <summary>The file is not a log; it is not offered again before it is another file.</summary>
    internal void Refuse(string file, string reason)
    {
        var inode = FileStatus.Of(file, context.Options.HasInodes)?.Inode ?? 0;
        if (refused.TryGetValue(file, out var before) && before == inode)
            return;
        refused[file] = inode;
        FollowLog.Refused(context.Logger, file, reason);
        context.Counters.Unread();
    }

    /// <summary>The paths of logs that are not among <paramref name="followed"/>, by name.</summary>
    internal IReadOnlyList<string> Find(IReadOnlyList<FollowedLog> followed)
    {
        var files = List();
        rotations.IntersectWith(files);
        var known = followed.Select(log => log.Name).ToHashSet(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var file in files.Where(file => !known.Contains(file) && !rotations.Contains(file)))
        {
            if (FileStatus.Of(file, context.Options.HasInodes) is not { } status || followed.Any(log => MayOwn(log, new(file, status))))
                continue;
            if (files.Concat(known.Where(Holds)).FirstOrDefault(log => log != file && IsRotation(log, file)) is { } log)
            {
                rotations.Add(file);
                FollowLog.TakenForRotation(context.Logger, file, log);
            }
            else
            {
                found.Add(file);
            }
        }

        return found;
    }

    /// <summary>Also where that cannot be seen just now: it is offered again.</summary>
    private static bool MayOwn(FollowedLog log, FoundFile file)
    {
        try
        {
            return log.Owns(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static bool IsRotation(string log, string file) => RotationName.TryParse(Path.GetFileName(log), Path.GetFileName(file), out _);

    private List<string> List()
    {
        try
        {
            if (!Directory.Exists(path))
                throw new DirectoryNotFoundException("no such folder");
            var files = Directory.EnumerateFiles(path)
                .Where(file => !IsPassedOver(file))
                .Order(StringComparer.Ordinal)
                .ToList();
            failing = false;
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!failing)
                FollowLog.FolderUnreadable(context.Logger, path, e.Message, context.Options.DiscoveryInterval);
            failing = true;
            return [];
        }
    }
}
