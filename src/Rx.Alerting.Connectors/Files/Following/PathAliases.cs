using System.Globalization;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// Tells which paths are other names of a followed log: other spellings, hard and symbolic links, other paths of a folder.
/// </summary>
internal sealed class PathAliases(FollowContext context)
{
    private readonly Dictionary<string, string> places = [];
    private readonly HashSet<(string, string)> told = [];

    /// <summary>Forgets what links lead to, because links may change.</summary>
    internal void Forget() => places.Clear();

    /// <summary>What all spellings of a file's path, and all symbolic links to it, have in common. The file need not exist.</summary>
    internal string PlaceOf(string path)
    {
        if (places.TryGetValue(path, out var place))
            return place;
        var (folder, name) = LogPlaces.Along(path)[^1];
        place = FileStatus.OfFolder(folder, context.Options.HasInodes) is { } id
            ? string.Create(CultureInfo.InvariantCulture, $"{id.Device}:{id.Inode}/{name}")
            : Path.GetFullPath(Path.Combine(folder, name));
        return places[path] = place;
    }

    /// <summary>
    /// The log that has this path as another name, or that reads the file at this path. Null if there is none. Logs each other name once.
    /// </summary>
    internal FollowedLog? Of(string path, IReadOnlyList<FollowedLog> logs)
    {
        if (logs.FirstOrDefault(log => log.Path == path) is { } itself)
            return itself;
        if (logs.FirstOrDefault(log => PlaceOf(log.Path) == PlaceOf(path)) is { } same)
            return Tell(path, same);
        if (FileStatus.Of(path, context.Options.HasInodes) is not { } status
            || logs.FirstOrDefault(log => FollowedFolder.MayOwn(log, new(path, status))) is not { } owner)
        {
            return null;
        }

        return FileStatus.Of(owner.Path, context.Options.HasInodes)?.Id == status.Id ? Tell(path, owner) : owner;
    }

    private FollowedLog Tell(string path, FollowedLog log)
    {
        if (told.Add((path, log.Path)))
            FollowLog.SameFile(context.Logger, path, log.Path);
        return log;
    }
}
