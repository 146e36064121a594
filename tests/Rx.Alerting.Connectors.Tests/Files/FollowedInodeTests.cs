using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Files.Following;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>
/// The file that was found is replaced by a copy and rotated in the moment before it is opened. Then a new file has its path and its inode.
/// </summary>
public sealed class FollowedInodeTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Read_FileOfThePositionReplacedWhenItIsOpened_IsReadOnInTheCopy()
    {
        log.Write("a");
        var first = log.Read();
        await log.IdleAsync(first, 1);
        first.Dispose();
        log.Write("b", "c");
        Assert.Equal(["b", "c", "d"], await log.ReadAsync(3, ReplacedAtOpening("d"), first.Positions()));
    }

    [Fact]
    public async Task Read_NextFileReplacedWhenItIsOpened_IsReadInTheCopy()
    {
        log.Write("a");
        var first = log.Read();
        await log.IdleAsync(first, 1);
        first.Dispose();
        log.Rotate();
        log.Write("b");
        Assert.Equal(["b", "c"], await log.ReadAsync(2, ReplacedAtOpening("c"), first.Positions()));
    }

    /// <summary>Replaces the log when it is opened to be read. The opening before that compares its content with the position.</summary>
    private FollowOptions ReplacedAtOpening(string id)
    {
        var plain = log.Options() with { RotationWait = TimeSpan.Zero };
        var inode = Inode();
        var openings = 0;
        return plain with
        {
            OpenFile = path =>
            {
                if (path == log.Log && Inode() == inode && ++openings == 2)
                    Replace(id, inode);
                return plain.OpenFile(path);
            },
        };
    }

    private void Replace(string id, ulong inode)
    {
        File.Copy(log.Log, log.At(".copy"));
        File.Move(log.At(".copy"), log.Log, overwrite: true);
        log.Rotate();
        // The file system gives the smallest free inode, and others may free smaller ones.
        for (var i = 0; i < 100 && (i == 0 || Inode() != inode); i++)
        {
            if (i > 0)
                File.Move(log.Log, log.At($".other{i}"));
            log.Write(id);
        }

        Assert.SkipUnless(Inode() == inode, "The file system does not give a free inode again.");
    }

    private ulong Inode() => FileStatus.Of(log.Log, inodes: true)?.Inode ?? 0;
}
