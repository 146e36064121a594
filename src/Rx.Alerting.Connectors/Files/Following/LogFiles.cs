namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The files of one log: the one that has its name, and those that were rotated away, in the same folder or in that of a link's target.</summary>
internal sealed class LogFiles(string path, FollowOptions options)
{
    private const int LocatingAttempts = 10;

    private readonly LogPlaces places = new(path);
    private readonly FileContents contents = new(options);

    internal string Path => path;

    /// <summary>The file that has the log's name; null if there is none.</summary>
    internal FileStatus? Live() => FileStatus.Of(path, options.HasInodes);

    /// <summary>Where a link leads to now is looked into also when it leads elsewhere.</summary>
    internal void Remember() => places.Now();

    /// <summary>Whether the file that is open is the one that has the log's name.</summary>
    internal bool IsLive(LiveFile file, ulong inode)
    {
        if (Live() is not { } live)
            return false;
        if (inode != 0 && live.Inode == inode)
            return true;
        var open = file.Status(options.HasInodes);
        if (live.Length > open.Length || (inode != 0 && (file.Head.IsEmpty || !open.HasName || live.Written > open.Written)))
            return false;

        // Without numbers, or on a network drive that changes them: nothing has come that is not seen in the open file, too.
        Span<byte> head = stackalloc byte[file.Head.Length];
        return file.Head.IsEmpty || head[..contents.HeadOf(path, head)].SequenceEqual(file.Head);
    }

    /// <summary>The file that has the log's name, if it is a copy of the one of a position, whatever else has become of that.</summary>
    /// <inheritdoc cref="FileContents.BeginsLike"/>
    internal FoundFile? LiveCopy(FilePosition position) =>
        Live() is { } live && contents.Continues(new(path, live), position) ? new(path, live) : null;

    /// <summary>Whether the file that has the log's name begins like the one of a position.</summary>
    /// <inheritdoc cref="FileContents.BeginsLike"/>
    internal bool LiveBeginsLike(FilePosition position) =>
        position.Hashed >= FileContents.TellingBytes && Live() is { } live && contents.BeginsLike(new(path, live), position);

    /// <inheritdoc cref="FileContents.IsLonger"/>
    internal bool IsLonger(FoundFile copy, long length) => contents.IsLonger(copy, length);

    /// <summary>Whether the folder can be looked into and is not empty, as it is where a volume is not mounted.</summary>
    internal bool FolderHasFiles()
    {
        try
        {
            var folder = places.Now()[^1].Folder;
            return Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any();
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// The file of a position: by its number, under whatever name it has now; else one of the log's that has its first bytes and is
    /// long enough.
    /// </summary>
    /// <param name="position">In the file.</param>
    /// <param name="changed">The content may have been changed in its place, so the number does not tell.</param>
    /// <remarks>A file can be missed while it is renamed or compressed, so it is looked for until nothing has changed meanwhile.</remarks>
    /// <exception cref="RenamedException">Files were renamed all the while.</exception>
    /// <exception cref="IOException">It cannot be read just now, so nobody knows whether it is the one.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to.</exception>
    internal FoundFile? Locate(FilePosition position, bool changed = false)
    {
        var before = Names();
        for (var attempt = 0; attempt < LocatingAttempts; attempt++)
        {
            if (LocateOnce(position, changed) is { } found)
                return found;
            var now = Names();
            if (attempt > 0 && now.SequenceEqual(before))
                return null;
            before = now;
        }

        throw new RenamedException(path);
    }

    /// <summary>Whether a file can be the one of a position, whatever its number.</summary>
    /// <exception cref="IOException">It cannot be read just now, so nobody knows.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to.</exception>
    internal bool Is(FoundFile file, FilePosition position) =>
        FileContents.IsLongEnough(file, position) && contents.BeginsLike(file, position);

    /// <summary>Whether a file's name does not say that it belongs to this log, or is none.</summary>
    internal bool CouldBeLog(string file) =>
        file != path && !FollowedFolder.IsPassedOver(file) && !places.Has(file);

    /// <summary>What comes behind the file of a position; null: nothing, or nothing yet.</summary>
    /// <param name="position">In the file.</param>
    /// <param name="written">When the file was last written; decides where it cannot be found any more.</param>
    /// <param name="left">Files that come before it.</param>
    /// <param name="isOpen">It is open and has been read to its end: where it cannot be found, it has most likely been compressed.</param>
    internal Successor? Behind(FilePosition position, long written, LeftFiles left, bool isOpen)
    {
        var files = All();

        // A file can be missed while it is renamed, and its views with it.
        if (!NamesOf(files).SequenceEqual(Names()))
            return null;
        var own = files.FindIndex(file => position.HasNumberOf(file.Status));
        if (own < 0 && Locate(position) is { } found)
            own = files.FindIndex(file => RotationName.Uncompressed(file.Path) == RotationName.Uncompressed(found.Path));
        var first = own >= 0
            ? own + 1
            : files.FindIndex(file => file.Path == path
                || (IsNewer(file, position, written, isOpen) && file.Status.Inode != position.Inode && !left.Contains(file)));
        if (own < 0 && isOpen && first >= 0 && RotationName.IsUnreadable(files[first].Path))
            first++;
        var next = first < 0 ? -1 : files.FindIndex(first, file => !RotationName.IsUnreadable(file.Path));
        if (next < 0)
            return null;
        var isLast = next == files.Count - 1 || (next == files.Count - 2 && files[^1].Path == path);
        return new(
            files[next],
            files.Skip(first).Any(file => file.Status.Length > 0),
            isLast && !RotationName.IsCompressed(files[next].Path),
            files[first..next]);
    }

    /// <summary>Oldest first; the one that has the log's name is the last. Of a file that is being compressed not what comes of it.</summary>
    internal List<FoundFile> All()
    {
        var now = places.Now();
        var files = places.Earlier.SelectMany(place => Rotated(place).Append(place.Path)).Concat(now.SelectMany(Rotated))
            .Reverse().Distinct().Reverse()
            .Select(Found)
            .OfType<FoundFile>()
            .GroupBy(file => RotationName.Uncompressed(file.Path), (_, twins) => twins.Aggregate(OneOf))
            .ToList();
        if (Live() is not { } live)
            return files;

        // A link's target may have a rotated file's name, too.
        files.RemoveAll(file => live.Id is not null && file.Status.Id == live.Id);
        files.Add(new(path, live));
        return files;
    }

    /// <summary>All files of the log's folders, whatever their names.</summary>
    internal IEnumerable<FoundFile> Others() =>
        places.Now().Concat(places.Earlier).Select(place => place.Folder).Distinct().SelectMany(Paths).Select(Found).OfType<FoundFile>();

    private static IEnumerable<string> Rotated(LogPlace place) => RotationName.InOrder(place.Name, Paths(place.Folder));

    private static IEnumerable<string> Paths(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];

    private List<(string Path, ulong Inode)> Names() => NamesOf(All());

    private static List<(string Path, ulong Inode)> NamesOf(List<FoundFile> files) => [.. files.Select(file => (file.Path, file.Status.Inode))];

    private FoundFile? Found(string candidate) =>
        FileStatus.Of(candidate, options.HasInodes) is { } status ? new(candidate, status) : null;

    /// <summary>Of two files of one name before compression the second is made of the first, unless that was left behind by an older rotation.</summary>
    private FoundFile OneOf(FoundFile file, FoundFile compressed)
    {
        if (!RotationName.IsGzip(compressed.Path) || file.Status.Written >= compressed.Status.Written)
            return file;
        Span<byte> head = stackalloc byte[FileContents.TellingBytes];
        Span<byte> other = stackalloc byte[FileContents.TellingBytes];
        other = other[..contents.HeadOf(compressed.Path, other)];
        return other.IsEmpty || head[..contents.HeadOf(file.Path, head)].StartsWith(other) ? file : compressed;
    }

    private FoundFile? LocateOnce(FilePosition position, bool changed)
    {
        var files = All();
        foreach (var file in files.AsEnumerable().Reverse().Concat(Others()).Where(file => position.HasNumberOf(file.Status)))
        {
            if (changed ? contents.Continues(file, position) : Is(file, position))
            {
                places.Found(file.Path);
                return file with { IsCopy = RotationName.IsCompressed(file.Path) };
            }
        }

        for (var i = files.Count - 1; i >= 0; i--)
        {
            if (contents.Continues(files[i], position))
                return files[i] with { IsCopy = files[i].Path != path };
        }

        return null;
    }

    /// <summary>A compressed file that is as old as the one of the position, or begins like it, is what has become of that.</summary>
    private bool IsNewer(FoundFile file, FilePosition position, long written, bool isOpen) => RotationName.IsCompressed(file.Path)
        ? file.Status.Written > written && !(position.Hashed >= (isOpen ? 1 : FileContents.TellingBytes) && contents.BeginsLike(file, position))
        : file.Status.Written >= written;
}
