using System.Runtime.InteropServices;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Rotated files that cannot be read: compressed in another way, or damaged.</summary>
public sealed class FollowedUnreadableTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(".xz")]
    [InlineData(".zst")]
    [InlineData(".gz")]
    public async Task Read_OwnFileCompressedAndNotToBeTold_GoesOnWithTheLog(string ending)
    {
        log.Write("a");
        var collector = log.Read();
        await log.IdleAsync(collector, 1);
        log.Rotate();
        CompressTo(ending);
        log.Write("b");
        await log.IdleAsync(collector, 2);
        Assert.Equal(["a", "b"], collector.Ids(log.Log));
        Assert.Equal((0, 0), (log.Counters.Gaps, log.Counters.Unreadable));
    }

    [Fact]
    public async Task Read_NextFileIsNotReadable_IsAGapThatAPersonDecidesOn()
    {
        log.Write("a");
        var first = log.Read();
        await log.IdleAsync(first, 1);
        first.Dispose();
        log.Write("b");
        log.Rotate();
        log.Write("lost");
        log.Rotate();
        CompressTo(".xz");
        log.Write("c");
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(3, positions: first.Positions()));
        Assert.Equal(
            $"{log.Log}.1.xz: is compressed in a way that is not read here; decompress it, or set Follow:OnGap to skip to go on behind it",
            failure.Message);

        Assert.Equal(["b", "c"], await log.ReadAsync(2, log.Options() with { OnGap = OnGap.Skip }, first.Positions()));
        Assert.Equal((1, 0), (log.Counters.Gaps, log.Counters.Unreadable));
    }

    [Fact]
    public async Task Read_OldestFileIsNotReadable_IsAGap()
    {
        log.Write("lost");
        log.Rotate();
        CompressTo(".zip");
        log.Write("a");
        var options = log.Options() with { StartAt = StartAt.Earliest };
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(1, options));
        Assert.StartsWith($"{log.Log}.1.zip: is compressed in a way that is not read here", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], await log.ReadAsync(1, options with { OnGap = OnGap.Skip }));
        Assert.Equal(1, log.Counters.Gaps);
    }

    [Fact]
    public async Task Read_CompressedFileFailsInTheMiddle_IsTriedAgainFromThere()
    {
        string[] ids = [.. Enumerable.Range(0, 20_000).Select(i => $"v{i * 7919L * i % 1_000_003}-{i}")];
        log.Write(log.Log, ids);
        log.Rotate();
        log.Compress(log.Log + ".1");
        log.Write("last");
        var (failed, opened, plain) = (false, -1, log.Options() with { StartAt = StartAt.Earliest, BatchViews = 100 });
        var collector = log.Read(
            plain with
            {
                OpenFile = path =>
                {
                    var handle = plain.OpenFile(path);
                    if (path == log.Log + ".1.gz")
                        opened = (int)handle.DangerousGetHandle();
                    return handle;
                },
            },
            onNext: (_, batch) =>
            {
                if (failed || batch.Ids.Count == 0)
                    return;
                failed = true;
                using var failing = File.OpenHandle("/proc/self/mem");
                Assert.True(Duplicate((int)failing.DangerousGetHandle(), opened) >= 0);
            });
        await log.IdleAsync(collector, ids.Length + 1);
        Assert.Equal(ids.Append("last"), collector.Ids(log.Log));
        Assert.Equal(1, log.Counters.Unreadable);
    }

    /// <summary>Puts another open file behind a handle. That file cannot be read at its beginning.</summary>
    [DllImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int from, int to);

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];

    /// <summary>Copies the time of the file to the compressed file, and deletes the file, as touch -r and rm do.</summary>
    private void CompressTo(string ending)
    {
        var path = log.Log + ".1";
        File.WriteAllBytes(path + ending, ending == ".gz" ? FileReading.Gzip(File.ReadAllBytes(path)) : "no such compressor"u8);
        // The first call rounds the time. Only a rounded time can be copied exactly.
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path));
        File.SetLastWriteTimeUtc(path + ending, File.GetLastWriteTimeUtc(path));
        File.Delete(path);
    }
}
