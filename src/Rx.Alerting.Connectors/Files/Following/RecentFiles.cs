namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The numbers of files that need not be read any more, so that they are not taken for newer ones; the oldest are forgotten.</summary>
internal sealed class RecentFiles
{
    private const int Remembered = 8;
    private readonly Queue<ulong> inodes = [];

    internal bool Contains(ulong inode) => inodes.Contains(inode);

    internal void Add(ulong inode)
    {
        if (inode == 0)
            return;
        inodes.Enqueue(inode);
        if (inodes.Count > Remembered)
            inodes.Dequeue();
    }

    /// <summary>All that are there, however many.</summary>
    internal void Add(IEnumerable<FoundFile> files)
    {
        foreach (var file in files)
            inodes.Enqueue(file.Status.Inode);
    }
}
