namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The logs of a checkpoint, by the names that they have there, and where each is to be read on.</summary>
internal sealed class KnownLogs(IReadOnlyDictionary<string, LogPosition> positions, FollowContext context)
{
    private readonly FileContents contents = new(context.Options);
    private readonly HashSet<string> begun = [];

    /// <summary>Those that have not been read in this reading, by name.</summary>
    internal IEnumerable<string> NotBegun => positions.Keys.Where(name => !begun.Contains(name)).Order(StringComparer.Ordinal);

    internal IEnumerable<string> Names => positions.Keys;

    /// <summary>A log that has finished and is there again is another one, for which its position says nothing.</summary>
    internal void Begin(string name) => begun.Add(name);

    /// <summary>Where to read on; null: nothing is known of it.</summary>
    /// <remarks>Where one file was read under two names, the furthest position in it counts: nothing before that was missed.</remarks>
    internal LogPosition? PositionOf(string name)
    {
        if (begun.Contains(name) || !positions.TryGetValue(name, out var position))
            return null;
        var file = position.File;
        return file.Inode == 0 || file.Hashed < FileContents.TellingBytes
            ? position
            : position with
            {
                File = positions.Values
                    .Select(other => other.File)
                    .Where(other => (other.Inode, other.Hash, other.Hashed) == (file.Inode, file.Hash, file.Hashed))
                    .MaxBy(other => other.Offset),
            };
    }

    /// <summary>The name of a log that a path leads to, under another spelling, and that nothing else reads; the path itself if there is none.</summary>
    internal string NameOf(string path, SameFiles same, Func<string, bool> isRead)
    {
        var unread = NotBegun.Where(name => !isRead(name)).ToList();
        if (positions.ContainsKey(path) || unread.Count == 0)
            return path;
        var file = FileStatus.Of(path, context.Options.HasInodes);
        return unread.Find(name => same.PlaceOf(name) == same.PlaceOf(path))
            ?? (file is { } there ? unread.Find(name => IsIn(new(path, there), positions[name].File)) : null)
            ?? path;
    }

    private bool IsIn(FoundFile file, FilePosition position)
    {
        try
        {
            return position.HasNumberOf(file.Status) && FileContents.IsLongEnough(file, position) && contents.BeginsLike(file, position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
