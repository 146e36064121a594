namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The logs of a checkpoint, by their names there, and where to read on in each.</summary>
internal sealed class CheckpointedLogs(IReadOnlyDictionary<string, LogPosition> positions, FollowContext context)
{
    private readonly FileContents contents = new(context.Options);
    private readonly HashSet<string> begun = [];

    /// <summary>The logs that this reading has not begun to read, by name.</summary>
    internal IEnumerable<string> NotBegun => positions.Keys.Where(name => !begun.Contains(name)).Order(StringComparer.Ordinal);

    internal IEnumerable<string> Names => positions.Keys;

    /// <summary>
    /// The reading has begun to read a log, so the position of the checkpoint is used up. If the log finishes and comes back, it is another
    /// log.
    /// </summary>
    internal void Begin(string name) => begun.Add(name);

    /// <summary>Where to read on. Null if the checkpoint does not know the log.</summary>
    /// <remarks>If a file was read under two names, the furthest position counts, because nothing before it was missed.</remarks>
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

    /// <summary>
    /// The name that the checkpoint has for the log of a path, if it is another spelling, and no other log is read under it. Otherwise the
    /// path.
    /// </summary>
    internal string NameOf(string path, PathAliases aliases, Func<string, bool> isRead)
    {
        var unread = NotBegun.Where(name => !isRead(name)).ToList();
        if (positions.ContainsKey(path) || unread.Count == 0)
            return path;
        var file = FileStatus.Of(path, context.Options.HasInodes);
        return unread.Find(name => aliases.PlaceOf(name) == aliases.PlaceOf(path))
            ?? (file is { } there ? unread.Find(name => IsIn(new(path, there), positions[name].File)) : null)
            ?? path;
    }

    private bool IsIn(FoundFile file, FilePosition position)
    {
        try
        {
            return position.HasNumberOf(file.Status)
                && FileContents.IsLongEnough(file, position)
                && contents.BeginsLike(file, position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
