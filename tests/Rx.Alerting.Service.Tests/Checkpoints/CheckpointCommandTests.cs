using System.Text.Json;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;
using StackExchange.Redis;

namespace Rx.Alerting.Service.Tests.Checkpoints;

public sealed class CheckpointCommandTests(RedisFixture redis) : IClassFixture<RedisFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task List_ShowsEveryPipeline(string kind)
    {
        var named = await FilledAsync(kind);
        await using (var store = named.Open())
            await store.AcquireAsync("test/other", "somebody", Cancel);

        var run = await CommandRun.OfAsync(["checkpoint", "list", .. named.Arguments]);

        run.Expect(ExitCode.Success);
        Assert.Matches(@"pipeline +epoch +owner +commit +at +entries +bytes", run.Output);
        Assert.Matches(@"test/other +1 +somebody +0 +— +0 +0", run.Output);
        Assert.Matches(@"test/views +1 +[0-9a-f]{32} +\d+ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\d+ +[\d,]+", run.Output);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Inspect_ShowsWhatIsInIt(string kind)
    {
        var named = await FilledAsync(kind);

        var text = await CommandRun.OfAsync(["checkpoint", "inspect", "--titles", "1", .. named.Arguments]);
        var json = await CommandRun.OfAsync(["checkpoint", "inspect", StoredRun.Name, "--json", .. named.Arguments]);

        text.Expect(ExitCode.Success);
        Assert.Contains("properties 1, titles 8", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"not counted +(none|[\d,]+ late)", text.Output);
        Assert.Matches(@"p +30 +2026-03-02 00:4\d:\d\d", text.Output);
        Assert.Matches(@"titles +8 +[\d,]+", text.Output);
        Assert.Contains("positions 1, watermarks 4, panes 6, properties titles 4, incidents 6", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"recording +[1-9]\d* +0 +no +0", text.Output);
        Assert.Matches(@"Frozen Corazón +acme +\d+ +\d+", text.Output);
        json.Expect(ExitCode.Success);
        var root = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal(1500, root.GetProperty("views").GetInt64());
        Assert.Equal(1, root.GetProperty("open_incidents").GetInt64());
        Assert.Equal("30", root.GetProperty("partitions")[0].GetProperty("position").GetString());
        Assert.Equal("Frozen Corazón", root.GetProperty("biggest_titles")[0].GetProperty("video_id").GetString());
        Assert.Equal("facets circumstances", root.GetProperty("versions").EnumerateArray().Last().GetProperty("state").GetString());
        Assert.Equal("recording", root.GetProperty("channels")[0].GetProperty("channel").GetString());
        Assert.Equal(StateSections.Header, root.GetProperty("sections")[0].GetProperty("section").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("fault").ValueKind);
    }

    [Fact]
    public async Task Inspect_SchemaOfAnotherBuild_ShowsWhatItCanAndSaysWhatToDo()
    {
        var named = await FilledAsync("sqlite");
        await using (var store = named.Open())
        {
            var head = await store.AcquireAsync(StoredRun.Name, "a newer release", Cancel);
            var header = new StateEntry(new(StateSections.Header, 0, 0), new byte[] { 99, 0, 0, 0 });
            await store.CommitAsync(
                new(StoredRun.Name, head.Epoch, head.Owner, head.Id + 1, TimeProvider.System.GetUtcNow(), new([header], [])), Cancel);
        }

        var inspect = await CommandRun.OfAsync(["checkpoint", "inspect", .. named.Arguments]);
        var export = await CommandRun.OfAsync(["checkpoint", "export", StoredRun.Name, folder["a.rxal"], .. named.Arguments]);
        var reset = await CommandRun.OfAsync(["checkpoint", "reset", StoredRun.Name, "--yes", .. named.Arguments]);

        Assert.Matches(@"titles +8 +[\d,]+", inspect.Output);
        foreach (var refused in (CommandRun[])[inspect, export])
        {
            refused.Expect(ExitCode.Failed);
            Assert.Contains(
                "The checkpoint was written by a newer Rx.Alerting: its header has version 99, this build reads version 4. "
                + "Run that release.",
                refused.Error,
                StringComparison.Ordinal);
            refused.ExpectNoStackTrace();
        }

        Assert.Empty(Directory.GetFiles(folder.Path, "*.rxal*"));
        reset.Expect(ExitCode.Success);
        Assert.Contains("entries that this build cannot read", reset.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_EntriesGoneFromRedis_SaysSoAndOnlyResetGoesOn()
    {
        var named = await FilledAsync("redis");
        using (var direct = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint))
            Assert.True(await direct.GetDatabase().KeyDeleteAsync($"{{{named.Prefix}:{StoredRun.Name}}}:{StateSections.Properties}"));

        var list = await CommandRun.OfAsync(["checkpoint", "list", .. named.Arguments]);
        var inspect = await CommandRun.OfAsync(["checkpoint", "inspect", .. named.Arguments]);
        var export = await CommandRun.OfAsync(["checkpoint", "export", StoredRun.Name, folder["a.rxal"], .. named.Arguments]);
        var reset = await CommandRun.OfAsync(["checkpoint", "reset", StoredRun.Name, "--yes", .. named.Arguments]);

        Assert.Matches(@"test/views .* \d+, not +whole", list.Output);
        Assert.Matches(@"titles +8 +[\d,]+", inspect.Output);
        foreach (var refused in (CommandRun[])[inspect, export])
        {
            refused.Expect(ExitCode.Failed);
            Assert.Contains("section “properties” has 0 of", refused.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
            refused.ExpectNoStackTrace();
        }

        Assert.Empty(Directory.GetFiles(folder.Path, "*.rxal*"));
        reset.Expect(ExitCode.Success);
        Assert.Contains("entries that this build cannot read", reset.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_FileThere_IsNotOverwrittenWithoutForce()
    {
        var named = await FilledAsync("sqlite");
        var file = folder.Write("a.rxal", "precious");

        var refused = await CommandRun.OfAsync(["checkpoint", "export", StoredRun.Name, file, .. named.Arguments]);
        Assert.Equal("precious", await File.ReadAllTextAsync(file, Cancel));
        var forced = await CommandRun.OfAsync(["checkpoint", "export", StoredRun.Name, file, "--force", .. named.Arguments]);

        refused.Expect(ExitCode.Failed);
        Assert.Contains(
            $"{file} is there already: give --force to overwrite it, or another name.", refused.Error, StringComparison.Ordinal);
        forced.Expect(ExitCode.Success);
        Assert.Matches(@"^Commit \d+ of “test/views” is in .*a\.rxal: \d+ entries, [\d,]+ bytes\.", forced.Output);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Import_DamagedFile_ChangesNothing(string kind)
    {
        var named = await FilledAsync(kind);
        await using var store = named.Open();
        var before = await store.FindAsync(StoredRun.Name, Cancel);
        (await CommandRun.OfAsync(["checkpoint", "export", StoredRun.Name, folder["a.rxal"], .. named.Arguments])).Expect(ExitCode.Success);
        var bytes = await File.ReadAllBytesAsync(folder["a.rxal"], Cancel);
        bytes[^40] ^= 1;

        var damaged = await CommandRun.OfAsync(["checkpoint", "import", folder.Write("b.rxal", bytes), "--force", .. named.Arguments]);
        var cut = await CommandRun.OfAsync(["checkpoint", "import", folder.Write("c.rxal", bytes[..^20]), "--force", .. named.Arguments]);
        var missing = await CommandRun.OfAsync(["checkpoint", "import", folder["d.rxal"], "--force", .. named.Arguments]);

        foreach (var run in (CommandRun[])[damaged, cut, missing])
        {
            run.Expect(ExitCode.Failed);
            run.ExpectNoStackTrace();
        }

        Assert.Contains("its content does not fit its check sum. Take another copy.", damaged.Error, StringComparison.Ordinal);
        Assert.Equal(before, await store.FindAsync(StoredRun.Name, Cancel));
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("")]
    public async Task Reset_NotConfirmed_ChangesNothing(string answer)
    {
        var named = await FilledAsync("sqlite");
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await RxAlertingCommand.RunAsync(
            ["checkpoint", "reset", StoredRun.Name, .. named.Arguments], CommandHost(new StringReader(answer), output, error));

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("Forget it? [y/N]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("nothing was reset: answer y, or give --yes.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Success, await RxAlertingCommand.RunAsync(
                ["checkpoint", "reset", StoredRun.Name, .. named.Arguments], CommandHost(new StringReader("Y\n"), output, error)));
        await using var store = named.Open();
        Assert.Equal(0, (await store.FindAsync(StoredRun.Name, Cancel))!.Id);
    }

    private static CommandHost CommandHost(TextReader input, TextWriter output, TextWriter error) =>
        new()
        {
            Input = input,
            Output = output,
            Error = error,
            OpenOutput = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
        };

    private async Task<NamedStore> FilledAsync(string kind)
    {
        var named = NamedStore.Of(kind, folder, redis);
        await using var store = named.Open();
        await new StoredRun().RunAsync(store, StoredRun.Half);
        return named;
    }
}
