namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The files of a log that need not be read any more, so that they are not taken for newer ones, nor for other logs after a restart.</summary>
/// <param name="log">Its files.</param>
/// <param name="known">Of an earlier reading.</param>
internal sealed class LeftFiles(LogFiles log, IReadOnlyList<FilePosition> known)
{
    /// <summary>Bounds a position's text; the oldest are forgotten.</summary>
    private const int Remembered = 256;

    private readonly List<FilePosition> read = [.. known];
    private readonly HashSet<(ulong Inode, ulong Born)> older = [];

    /// <summary>Those that could be taken for logs: neither their names nor anything but this says that they have been read.</summary>
    internal IReadOnlyList<FilePosition> Unnamed { get; private set; } = known;

    /// <exception cref="IOException">It cannot be read just now, so nobody knows whether it is one.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to.</exception>
    internal bool Contains(FoundFile file) =>
        file.Status.Inode != 0 && (older.Contains(IdOf(file)) || read.Exists(position => position.Inode == file.Status.Inode && log.Is(file, position)));

    /// <summary>The file has been read to its end.</summary>
    internal void Add(FilePosition end)
    {
        if (end.Inode == 0)
            return;
        read.Add(end);
        Forget();
    }

    /// <summary>Files that are older than anything that is to be read.</summary>
    internal void AddOlder(IEnumerable<FoundFile> files) => older.UnionWith(files.Select(IdOf));

    /// <summary>Whether a file that could be taken for a log is still there, as far as can be seen.</summary>
    internal bool AreThere()
    {
        if (Unnamed.Count > 0 && log.FolderHasFiles())
            Forget();
        return Unnamed.Count > 0;
    }

    private void Forget()
    {
        var there = log.Others().Where(file => file.Status.Inode != 0).DistinctBy(file => file.Status.Inode).ToDictionary(file => file.Status.Inode);
        read.RemoveAll(position => !there.ContainsKey(position.Inode));
        if (read.Count > Remembered)
            read.RemoveRange(0, read.Count - Remembered);
        Unnamed = read.FindAll(position => log.CouldBeLog(there[position.Inode].Path));
    }

    private static (ulong Inode, ulong Born) IdOf(FoundFile file) => (file.Status.Inode, file.Status.Born);
}
