namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// The files of a log that need not be read any more. They are remembered, so that they are not taken for newer files, or for other logs
/// after a restart.
/// </summary>
/// <param name="log">The files of the log.</param>
/// <param name="known">The finished files that the checkpoint knows.</param>
internal sealed class FinishedFiles(LogFiles log, IReadOnlyList<FilePosition> known)
{
    /// <summary>How many files are remembered, to bound the text of a position. The oldest are forgotten.</summary>
    private const int Remembered = 256;

    private readonly List<FilePosition> read = [.. known];
    private readonly HashSet<(ulong Inode, ulong Born)> older = [];

    /// <summary>The finished files that could be taken for logs, because their names do not say that they are rotated files.</summary>
    internal IReadOnlyList<FilePosition> Unnamed { get; private set; } = known;

    /// <exception cref="IOException">The file cannot be read now, so nobody knows whether it is finished.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    internal bool Contains(FoundFile file) =>
        file.Status.Inode != 0
        && (older.Contains(IdOf(file))
            || read.Exists(position => position.Inode == file.Status.Inode && log.Is(file, position)));

    /// <summary>The file has been read to its end.</summary>
    internal void Add(FilePosition end)
    {
        if (end.Inode == 0)
            return;
        read.Add(end);
        Forget();
    }

    /// <summary>Adds files that are older than every file that is to be read.</summary>
    internal void AddOlder(IEnumerable<FoundFile> files) => older.UnionWith(files.Select(IdOf));

    /// <summary>Whether a finished file that could be taken for a log still exists, as far as can be seen.</summary>
    internal bool AreThere()
    {
        if (Unnamed.Count > 0 && log.FolderHasFiles())
            Forget();
        return Unnamed.Count > 0;
    }

    private void Forget()
    {
        var there = log.Others()
            .Where(file => file.Status.Inode != 0)
            .DistinctBy(file => file.Status.Inode)
            .ToDictionary(file => file.Status.Inode);
        read.RemoveAll(position => !there.ContainsKey(position.Inode));
        if (read.Count > Remembered)
            read.RemoveRange(0, read.Count - Remembered);
        Unnamed = read.FindAll(position => log.CouldBeLog(there[position.Inode].Path));
    }

    private static (ulong Inode, ulong Born) IdOf(FoundFile file) => (file.Status.Inode, file.Status.Born);
}
