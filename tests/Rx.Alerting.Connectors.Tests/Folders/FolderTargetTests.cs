using Rx.Alerting.Connectors.Folders;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Connectors.Tests.Folders;

public sealed class FolderTargetTests : DumpTargetContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override Task<IDumpTarget> TargetAsync() => Task.FromResult<IDumpTarget>(new FolderTarget(folder.Path));

    [Fact]
    public async Task Write_FolderIsMissing_IsMade()
    {
        var target = new FolderTarget(Path.Combine(folder.Path, "made", "dumps"));

        await WriteAsync(target, "d/c/manifest.json", [1]);

        Assert.Equal(Path.Combine(folder.Path, "made", "dumps", "d", "c", "manifest.json"), target.Locate("d/c/manifest.json"));
        Assert.Equal([1], await File.ReadAllBytesAsync(target.Locate("d/c/manifest.json"), Cancel));
    }

    [Fact]
    public async Task Write_FolderIsAFile_FailsWithItsName()
    {
        var target = new FolderTarget(folder.File("taken", [1]));

        var failure = await Assert.ThrowsAsync<DumpTargetException>(() => WriteAsync(target, "d/c/manifest.json", [1]));

        Assert.StartsWith($"{Path.Combine(folder.Path, "taken", "d", "c", "manifest.json")} cannot be used: ", failure.Message);
    }

    /// <summary>S3 promises this by itself.</summary>
    [Fact]
    public async Task Write_ByManyAtOnce_LeavesOneOfThem()
    {
        var target = await TargetAsync();

        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => WriteAsync(target, "d/c/manifest.json", Fill(i * 1000))));

        var left = await target.ReadAsync("d/c/manifest.json", Cancel);
        Assert.Equal(Fill(left!.Length), left);
        Assert.Equal(0, left.Length % 1000);
        Assert.Equal(["d/c/manifest.json"], await target.ListAsync("d/c", Cancel));
    }

    /// <summary>A process was killed while it wrote. Another one may be writing just now.</summary>
    [Fact]
    public async Task Write_UnfinishedFilesOfLongAgo_AreRemoved()
    {
        var (old, young) = ($"d/.rows.{Guid.NewGuid():N}", $"d/.rows.{Guid.NewGuid():N}");
        string[] foreign = [".hidden", "d/.hidden.txt", $"d/rows.{Guid.NewGuid():N}"];
        Directory.CreateDirectory(Path.Combine(folder.Path, "d"));
        foreach (var name in (string[])[old, .. foreign])
            File.SetLastWriteTimeUtc(folder.File(name, [1]), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));
        folder.File(young, [1]);

        await WriteAsync(new FolderTarget(folder.Path), "c/manifest.json", [1]);

        Assert.False(File.Exists(Path.Combine(folder.Path, old)));
        Assert.All((string[])[young, .. foreign], name => Assert.True(File.Exists(Path.Combine(folder.Path, name)), name));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("d/../../outside")]
    [InlineData("/outside")]
    public async Task Write_KeyThatLeavesTheFolder_IsAnError(string key)
    {
        var target = new FolderTarget(Path.Combine(folder.Path, "dumps"));

        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(target, key, [1]));
    }
}
