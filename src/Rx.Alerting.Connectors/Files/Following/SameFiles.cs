using System.Globalization;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Tells which paths are other names of a log that is followed: other spellings, links of both kinds, folders that lead to the same one.</summary>
internal sealed class SameFiles(FollowContext context)
{
    private readonly Dictionary<string, string> places = [];
    private readonly HashSet<(string, string)> told = [];

    /// <summary>Links may lead elsewhere from now on.</summary>
    internal void Forget() => places.Clear();

    /// <summary>What all spellings of a file's path have in common, and all symbolic links to it, whether it is there or not.</summary>
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

    /// <summary>The log that a path is another name of, or of which the file there is a part; null: none. Other names are told once.</summary>
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
