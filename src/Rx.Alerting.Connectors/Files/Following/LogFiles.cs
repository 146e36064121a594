namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The files of one log: the one that has its name, and those that were rotated away, in the same folder.</summary>
internal sealed class LogFiles(string path, FollowOptions options)
{
    /// <summary>Fewer bytes do not tell one file from another.</summary>
    private const int TellingBytes = 64;

    private readonly string folder = System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
    private readonly string name = System.IO.Path.GetFileName(path);

    internal string Path => path;

    /// <summary>The file that has the log's name; null if there is none.</summary>
    internal FileStatus? Live() => FileStatus.Of(path, options.HasInodes);

    /// <summary>Whether the file that is open is the one that has the log's name.</summary>
    internal bool IsLive(LiveFile file, ulong inode)
    {
        if (Live() is not { } live)
            return false;
        if (inode != 0 && live.Inode != 0)
            return inode == live.Inode;
        Span<byte> head = stackalloc byte[file.Head.Length];
        return file.Head.IsEmpty ? live.Length <= file.Length : head[..HeadOf(path, head)].SequenceEqual(file.Head);
    }

    /// <summary>Whether the folder can be looked into and is not empty, as it is where a volume is not mounted.</summary>
    internal bool FolderHasFiles()
    {
        try
        {
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
    /// <remarks>A file can be missed while it is renamed or compressed, so twice is looked for it.</remarks>
    /// <exception cref="IOException">It cannot be read just now, so nobody knows whether it is the one.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to.</exception>
    internal FoundFile? Locate(FilePosition position) => LocateOnce(position) ?? LocateOnce(position);

    /// <summary>Whether a file can be the one of a position, whatever its number.</summary>
    /// <exception cref="IOException">It cannot be read just now, so nobody knows.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to.</exception>
    internal bool Is(FoundFile file, FilePosition position) => IsLongEnough(file, position) && Fits(file, position);

    /// <summary>Whether a file's name does not say that it belongs to this log, or is none.</summary>
    internal bool CouldBeLog(string file) =>
        file != path && !FollowedFolder.IsPassedOver(file) && !RotationName.TryParse(name, System.IO.Path.GetFileName(file), out _);

    /// <summary>What comes behind the file of a position; null: nothing, or nothing yet.</summary>
    /// <param name="position">In the file.</param>
    /// <param name="written">When the file was last written; decides where it cannot be found any more.</param>
    /// <param name="left">Files that come before it.</param>
    /// <param name="isOpen">It is open and has been read to its end: where it cannot be found, it has most likely been compressed.</param>
    internal Successor? Behind(FilePosition position, long written, LeftFiles left, bool isOpen)
    {
        var files = All();

        // A file can be missed while it is renamed, and its views with it.
        if (!files.Select(file => (file.Path, file.Status.Inode)).SequenceEqual(All().Select(file => (file.Path, file.Status.Inode))))
            return null;
        var own = position.Inode == 0 ? -1 : files.FindIndex(file => file.Status.Inode == position.Inode);
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
        var files = RotationName.InOrder(name, Paths())
            .Select(Found)
            .OfType<FoundFile>()
            .GroupBy(file => RotationName.Uncompressed(file.Path), (_, twins) => twins.Aggregate(OneOf))
            .ToList();
        if (Live() is { } live)
            files.Add(new(path, live));
        return files;
    }

    /// <summary>All files of the folder, whatever their names.</summary>
    internal IEnumerable<FoundFile> Others() => Paths().Select(Found).OfType<FoundFile>();

    private IEnumerable<string> Paths() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];

    private FoundFile? Found(string candidate) =>
        FileStatus.Of(candidate, options.HasInodes) is { } status ? new(candidate, status) : null;

    /// <summary>Of two files of one name before compression the second is made of the first, unless that was left behind by an older rotation.</summary>
    private FoundFile OneOf(FoundFile file, FoundFile compressed)
    {
        if (!RotationName.IsGzip(compressed.Path) || file.Status.Written >= compressed.Status.Written)
            return file;
        Span<byte> head = stackalloc byte[TellingBytes];
        Span<byte> other = stackalloc byte[TellingBytes];
        other = other[..HeadOf(compressed.Path, other)];
        return other.IsEmpty || head[..HeadOf(file.Path, head)].StartsWith(other) ? file : compressed;
    }

    private FoundFile? LocateOnce(FilePosition position)
    {
        var files = All();
        if (position.Inode != 0)
        {
            foreach (var file in files.AsEnumerable().Reverse().Concat(Others()))
            {
                if (file.Status.Inode == position.Inode && Is(file, position))
                    return file with { IsCopy = RotationName.IsCompressed(file.Path) };
            }
        }

        if (position.Hashed < (position.Inode != 0 ? TellingBytes : 1))
            return null;
        for (var i = files.Count - 1; i >= 0; i--)
        {
            if (Is(files[i], position))
                return files[i] with { IsCopy = files[i].Path != path };
        }

        return null;
    }

    private static bool IsLongEnough(FoundFile file, FilePosition position) =>
        RotationName.IsCompressed(file.Path) || file.Status.Length >= position.Offset;

    /// <summary>A compressed file that is as old as the one of the position, or begins like it, is what has become of that.</summary>
    private bool IsNewer(FoundFile file, FilePosition position, long written, bool isOpen) => RotationName.IsCompressed(file.Path)
        ? file.Status.Written > written && !(position.Hashed >= (isOpen ? 1 : TellingBytes) && Fits(file, position))
        : file.Status.Written >= written;

    private bool Fits(FoundFile file, FilePosition position)
    {
        Span<byte> head = stackalloc byte[position.Hashed];
        return position.Fits(file.Status, head[..HeadOf(file.Path, head)]);
    }

    /// <summary>The first bytes of a file's content; none if it has gone meanwhile, or is damaged.</summary>
    private int HeadOf(string file, Span<byte> target)
    {
        try
        {
            using var handle = options.OpenFile(file);
            using var raw = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (!RotationName.IsGzip(file))
                return raw.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            using var content = Gzip.Open(raw);
            return content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            return 0;
        }
    }
}
