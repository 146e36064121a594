using System.Text;
using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What every target of dumps must do. Derived classes give the target.</summary>
public abstract class DumpTargetContract
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The target, empty at the begin of a test.</summary>
    protected abstract Task<IDumpTarget> TargetAsync();

    /// <summary>Bytes that do not fit into one part.</summary>
    protected static byte[] Large { get; } = Fill(11 << 20);

    [Fact]
    public async Task Read_NothingWasWritten_IsNull()
    {
        var target = await TargetAsync();

        Assert.Null(await target.ReadAsync("2026-11-25/a/manifest.json", Cancel));
        Assert.Empty(await target.ListAsync("2026-11-25/a", Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Write_ThenRead_IsTheSame(string content)
    {
        var target = await TargetAsync();

        await WriteAsync(target, "2026-11-25/a~2F~20b/manifest.json", Encoding.UTF8.GetBytes(content));

        Assert.Equal(content, Encoding.UTF8.GetString((await target.ReadAsync("2026-11-25/a~2F~20b/manifest.json", Cancel))!));
        Assert.Null(await target.ReadAsync("2026-11-25/a/manifest.json", Cancel));
    }

    [Fact]
    public async Task Write_LargeFile_IsWhole()
    {
        var target = await TargetAsync();
        using var content = new MemoryStream(Large);
        content.Position = 77; // It is written from its beginning all the same.

        await target.WriteAsync("d/c/p/error-rates.jsonl.gz", content, Cancel);

        Assert.True(content.CanRead);
        Assert.Equal(Large, await target.ReadAsync("d/c/p/error-rates.jsonl.gz", Cancel));
    }

    [Fact]
    public async Task Write_Again_Replaces()
    {
        var target = await TargetAsync();
        await WriteAsync(target, "d/c/manifest.json", Large);

        await WriteAsync(target, "d/c/manifest.json", [1, 2, 3]);

        Assert.Equal([1, 2, 3], await target.ReadAsync("d/c/manifest.json", Cancel));
    }

    [Fact]
    public async Task List_HasWhatIsBeneathTheFolderOnly()
    {
        var target = await TargetAsync();
        foreach (var key in new[] { "d/c/manifest.json", "d/c/q/manifest.json", "d/c/p/rows", "d/c/p/manifest.json", "d/cc/p/rows", "d/x" })
            await WriteAsync(target, key, [1]);

        var keys = await target.ListAsync("d/c", Cancel);

        Assert.Equal(["d/c/manifest.json", "d/c/p/manifest.json", "d/c/p/rows", "d/c/q/manifest.json"], keys);
    }

    [Fact]
    public async Task List_ManyFiles_HasAll()
    {
        var target = await TargetAsync();
        string[] written = [.. Enumerable.Range(0, 1020).Select(i => $"many/c/{i:D4}/m")];
        await Parallel.ForEachAsync(written, Cancel, async (key, _) => await WriteAsync(target, key, [1]));

        Assert.Equal(written, await target.ListAsync("many/c", Cancel));
    }

    [Fact]
    public async Task Write_ContentFails_LeavesNothing()
    {
        var target = await TargetAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => target.WriteAsync("d/c/p/rows", new BreakingStream(Large, 8 << 20), Cancel));

        Assert.Null(await target.ReadAsync("d/c/p/rows", Cancel));
        Assert.Empty(await target.ListAsync("d/c", Cancel));
    }

    [Fact]
    public async Task Write_IsCancelled_LeavesNothing()
    {
        var target = await TargetAsync();
        using var cancelled = new CancellationTokenSource();
        var content = new BreakingStream(Large, 6 << 20, () => cancelled.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => target.WriteAsync("d/c/p/rows", content, cancelled.Token));

        Assert.Null(await target.ReadAsync("d/c/p/rows", Cancel));
    }

    protected static async Task WriteAsync(IDumpTarget target, string key, byte[] content)
    {
        using var stream = new MemoryStream(content);
        await target.WriteAsync(key, stream, Cancel);
    }

    protected static byte[] Fill(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
