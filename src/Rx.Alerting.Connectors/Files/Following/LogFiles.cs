namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// The files of one log: the file that has the log's name, and rotated files. These are in the folder of the log, or in the folder of a
/// symbolic link's target.
/// </summary>
internal sealed partial class LogFiles(string path, FollowOptions options)
{
    private const int LocatingAttempts = 10;

    private readonly LogPlaces places = new(path);
    private readonly FileContents contents = new(options);

    internal string Path => path;

    /// <summary>The status of the file that has the log's name. Null if there is none.</summary>
    internal FileStatus? Live() => FileStatus.Of(path, options.HasInodes);

    /// <summary>Remembers where the symbolic link leads now. That folder is looked into even when the link leads elsewhere later.</summary>
    internal void Remember() => places.Now();

    /// <summary>Whether the open file is the file that has the log's name.</summary>
    internal bool IsLive(LiveFile file, ulong inode)
    {
        if (Live() is not { } live)
            return false;
        if (inode != 0 && live.Inode == inode)
            return true;
        var open = file.Status(options.HasInodes);
        if (live.Length > open.Length
            || (inode != 0 && (file.Head.IsEmpty || !open.HasName || live.Written > open.Written)))
        {
            return false;
        }

        // There are no inodes, or a network drive changes them. The files are the same as far as can be seen: nothing is longer or newer.
        Span<byte> head = stackalloc byte[file.Head.Length];
        return file.Head.IsEmpty || head[..contents.HeadOf(path, head)].SequenceEqual(file.Head);
    }

    /// <summary>The file that has the log's name, if it is a copy of the file of a position, even if that file still exists.</summary>
    /// <inheritdoc cref="FileContents.BeginsLike"/>
    internal FoundFile? LiveCopy(FilePosition position) =>
        Live() is { } live && contents.Continues(new(path, live), position) ? new(path, live) : null;

    /// <summary>Whether the file that has the log's name begins like the file of a position.</summary>
    /// <inheritdoc cref="FileContents.BeginsLike"/>
    internal bool LiveBeginsLike(FilePosition position) =>
        position.Hashed >= FileContents.TellingBytes && Live() is { } live && contents.BeginsLike(new(path, live), position);

    /// <inheritdoc cref="FileContents.IsLonger"/>
    internal bool IsLonger(FoundFile copy, long length) => contents.IsLonger(copy, length);

    /// <summary>Whether the folder can be looked into, and is not empty. It is empty if a volume is not mounted.</summary>
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
    /// Finds the file of a position: the file with the inode, under any name; otherwise a file of the log that is long enough and has the
    /// same first bytes.
    /// </summary>
    /// <param name="position">The position in the file.</param>
    /// <param name="changed">Whether the file may have been written anew in its place. Then the inode is not enough.</param>
    /// <remarks>
    /// A look can miss a file that is being renamed or compressed. So it is repeated until no names have changed meanwhile.
    /// </remarks>
    /// <exception cref="RenamedException">Files were renamed during every look.</exception>
    /// <exception cref="IOException">A file cannot be read now, so nobody knows whether it is the file of the position.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read a file.</exception>
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

    /// <summary>Whether a file can be the file of a position, whatever its inode.</summary>
    /// <exception cref="IOException">The file cannot be read now, so nobody knows.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    internal bool Is(FoundFile file, FilePosition position) =>
        FileContents.IsLongEnough(file, position) && contents.BeginsLike(file, position);

    /// <summary>
    /// Whether a file could be taken for another log: its name says neither that it belongs to this log, nor that it is no log.
    /// </summary>
    internal bool CouldBeLog(string file) =>
        file != path && !FollowedFolder.IsPassedOver(file) && !places.Has(file);

    /// <summary>Finds the next file behind the file of a position. Null if there is none, or none yet.</summary>
    /// <param name="position">The position in the file.</param>
    /// <param name="written">When the file was last written. Decides which files are newer, if the file cannot be found any more.</param>
    /// <param name="finished">Files that come before it.</param>
    /// <param name="isOpen">Whether the file is open and has been read to its end. If it cannot be found then, it has most likely been
    /// compressed.</param>
    internal Successor? Behind(FilePosition position, long written, FinishedFiles finished, bool isOpen)
    {
        var files = All();

        // The look may have missed a file that is being renamed, and its views would be lost. So nothing is decided if names have changed.
        if (!NamesOf(files).SequenceEqual(Names()))
            return null;
        var own = files.FindIndex(file => position.HasNumberOf(file.Status));
        if (own < 0 && Locate(position) is { } found)
            own = files.FindIndex(file => RotationName.Uncompressed(file.Path) == RotationName.Uncompressed(found.Path));
        var first = own >= 0
            ? own + 1
            : files.FindIndex(file => file.Path == path
                || (IsNewer(file, position, written, isOpen) && file.Status.Inode != position.Inode && !finished.Contains(file)));
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

    /// <summary>
    /// Whether a file is newer than the file of the position. A compressed file that is as old, or begins alike, was made of that file, so
    /// it is not newer.
    /// </summary>
    private bool IsNewer(FoundFile file, FilePosition position, long written, bool isOpen)
    {
        if (!RotationName.IsCompressed(file.Path))
            return file.Status.Written >= written;
        var telling = isOpen ? 1 : FileContents.TellingBytes;
        return file.Status.Written > written
            && !(position.Hashed >= telling && contents.BeginsLike(file, position));
    }
}
