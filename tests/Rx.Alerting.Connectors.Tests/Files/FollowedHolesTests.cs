using System.Text;
using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>NULs in logs. If a log is truncated and its writer keeps its offset, there is a hole before the next line.</summary>
public sealed class FollowedHolesTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Read_CutOffUnderAWriterThatKeepsItsOffset_PassesOverTheHole(bool running, bool copied)
    {
        using var writer = new FileStream(log.Log, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Write(writer, Ids(0, 20));
        var options = log.Options();
        var collector = log.Read(options);
        await log.IdleAsync(collector, 20);
        List<string> all = [.. Ids(0, 20)];
        for (var round = 1; round < 4; round++)
        {
            if (!running)
                collector.Dispose();
            if (copied)
                log.CopyAndTruncate();
            else
                File.WriteAllText(log.Log, string.Empty);
            Write(writer, Ids(round * 20, 20));
            all.AddRange(Ids(round * 20, 20));
            if (!running)
                collector = log.Read(options, collector.Positions());
            await log.UntilReadAsync(collector, all[^1]);
            Assert.Equal(running ? all : Ids(round * 20, 20), collector.Ids(log.Log));
            Assert.Equal(0, collector.Batches.Sum(batch => batch.Rejected));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RecordFormat.MuxJson)]
    public async Task Read_HugeHole_IsPassedOverAtOnce(RecordFormat? format)
    {
        const long Hole = 1L << 42;
        Sparse(log.Log, Hole, "a");
        var collector = log.Read(log.Options() with { Format = format });
        await log.IdleAsync(collector, 1);
        Sparse(log.Log, 2 * Hole, "b");
        await log.IdleAsync(collector, 2);
        Assert.Equal(["a", "b"], collector.Ids(log.Log));
        Assert.Equal(0, collector.Batches.Sum(batch => batch.Rejected));
        Assert.EndsWith($"@{(2 * Hole) + FileReading.Line(1, "b").Length + 1}", collector.Positions()[log.Log], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_HugeHoleInAFileThatWasEmpty_IsPassedOverAtOnce()
    {
        File.WriteAllText(log.Log, string.Empty);
        var collector = log.Read(log.Options() with { Format = RecordFormat.MuxJson });
        await log.IdleAsync(collector, 0);
        Sparse(log.Log, 1L << 42, "a");
        await log.IdleAsync(collector, 1);
        Assert.Equal(0, collector.Batches.Sum(batch => batch.Rejected));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public async Task Read_NulsWithinALine_EndItAndNoMore(int nuls)
    {
        log.Write(log.Log, ["a", "b", "half"], whole: false);
        await using (var file = new FileStream(log.Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(file.Length - 20);
            file.Position = file.Length;
            file.Write(new byte[nuls]);
        }

        log.Write("c", "d");
        var collector = log.Read();
        await log.IdleAsync(collector, 4);
        Assert.Equal(["a", "b", "c", "d"], collector.Ids(log.Log));
        Assert.Equal(1, collector.Batches.Sum(batch => batch.Rejected));
    }

    [Fact]
    public async Task Read_NulsThatAreFilledLater_AreNotThereYet()
    {
        var collector = log.Read();
        await log.IdleAsync(collector, 0);
        using var writer = new FileStream(log.Log, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        writer.SetLength(1 << 20);
        for (var i = 1; i <= 3; i++)
        {
            Write(writer, Ids(i, 1));
            await log.IdleAsync(collector, i);
        }

        Assert.Equal(Ids(1, 3), collector.Ids(log.Log));
    }

    [Fact]
    public async Task Read_RotatedWithAHole_IsReadToItsEndAndLeft()
    {
        Sparse(log.Log, 1 << 20, "a");
        var collector = log.Read();
        await log.IdleAsync(collector, 1);
        using (var file = new FileStream(log.Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(3 << 20);
        log.Rotate();
        log.Write("b");
        await log.IdleAsync(collector, 2);
        Assert.Equal(["a", "b"], collector.Ids(log.Log));
    }

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];

    private static void Write(FileStream writer, IEnumerable<string> ids)
    {
        foreach (var id in ids)
            writer.Write(Encoding.UTF8.GetBytes(FileReading.Line(1, id) + "\n"));
    }

    /// <summary>Writes a line at an offset, as a writer does that keeps its offset.</summary>
    private static void Sparse(string path, long offset, string id)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
        {
            Position = offset,
        };
        Write(file, [id]);
    }
}
