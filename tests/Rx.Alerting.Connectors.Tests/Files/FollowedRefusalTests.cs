using Rx.Alerting.Connectors.Files;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Files in a folder that are not followed: said once, and looked at again when they may have become something else.</summary>
public sealed class FollowedRefusalTests : IDisposable
{
    private const int Opened = 4200;
    private const int Refused = 4211;
    private const int NoFileYet = 4220;
    private const string Line = "[Sun May 17 10:00:00 2026] [error] nothing to serve";

    private readonly WrittenLog log = new();
    private readonly string errors;

    public FollowedRefusalTests() => errors = log.At("error.log");

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Read_RefusedFileGrowsAndIsRotated_IsSaidOnce()
    {
        Refuse(30);
        log.Write("a");
        var collector = log.Read(log.Options(log.Folder));
        await log.LookedAsync(collector, "z1.log");
        Refuse(5);
        await log.LookedAsync(collector, "z2.log");
        File.Move(errors, errors + ".1");
        Refuse(30);
        await log.LookedAsync(collector, "z3.log");
        Assert.Equal((1, 1), (log.Told(Refused), log.Counters.Unreadable));
        Assert.DoesNotContain(log.Lines.Lines, line => line.Id == Opened && line.Text.Contains(errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_FileIsRefusedOnlyWhenItHasGrown_IsSaidOnce()
    {
        Refuse(2);
        log.Write("a");
        var collector = log.Read(log.Options(log.Folder));
        await log.LookedAsync(collector, "z1.log");
        Refuse(30);
        await collector.UntilAsync(_ => log.Told(Refused) > 0, "the refusal");
        await log.LookedAsync(collector, "z2.log");
        Assert.Equal((1, 1), (log.Told(Refused), log.Counters.Unreadable));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(false, 500)]
    public async Task Read_RefusedFileBecomesALog_IsFollowed(bool replaced, int views)
    {
        Refuse(30);
        log.Write("a");
        var collector = log.Read(log.Options(log.Folder));
        await log.LookedAsync(collector);
        if (replaced)
            File.Delete(errors);
        await File.WriteAllTextAsync(
            errors,
            string.Concat(Enumerable.Range(0, views).Select(i => FileReading.Line(i) + "\n")),
            TestContext.Current.CancellationToken);
        await log.IdleAsync(collector, views, errors);
    }

    [Fact]
    public async Task Read_NoPermissionForAWhile_IsSaidOnceAndFollowedThen()
    {
        log.Write("a");
        log.Write(errors, ["b"]);
        var (denied, plain) = (true, log.Options(log.Folder));
        var collector = log.Read(plain with
        {
            OpenFile = path => Volatile.Read(ref denied) && path == errors ? throw new UnauthorizedAccessException() : plain.OpenFile(path),
        });
        await log.LookedAsync(collector, "z1.log");
        await log.LookedAsync(collector, "z2.log");
        Assert.Equal(1, log.Told(Refused));
        Volatile.Write(ref denied, false);
        await log.IdleAsync(collector, 1, errors);
    }

    [Fact]
    public async Task Read_PipesFoldersAndLoops_AreNotOpened()
    {
        FileNames.MakePipe(log.At("pipe.log"));
        Directory.CreateDirectory(log.At("folder.log"));
        File.CreateSymbolicLink(log.At("loop.log"), log.At("loop.log"));
        log.Write("a");
        var collector = log.Read(log.Options(log.Folder));
        await log.LookedAsync(collector);
        Assert.Equal([log.Log, log.At("zz.log")], collector.Positions().Keys.Order());
    }

    [Fact]
    public async Task Read_PipeIsNamed_IsRefused()
    {
        FileNames.MakePipe(log.Log);
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(0));
        Assert.Equal($"{log.Log}: is a pipe, a socket or a device; only files are followed", failure.Message);
    }

    [Fact]
    public async Task Read_NothingToFollow_IsSaidOnceAndEndsWithTheFirstFile()
    {
        var collector = log.Read(log.Options(log.Folder));
        await collector.UntilAsync(_ => log.Told(NoFileYet) > 0, "nothing is there");
        await log.LookedAsync(collector);
        Assert.Equal(1, log.Told(NoFileYet));
    }

    private void Refuse(int lines) => File.AppendAllLines(errors, Enumerable.Repeat(Line, lines));
}
