using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Checkpoints;

public sealed class CheckpointUsageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("list")]
    [InlineData("inspect")]
    [InlineData("export")]
    [InlineData("import")]
    [InlineData("reset")]
    public async Task Help_ShowsExamples(string command)
    {
        var help = await CommandRun.OfAsync("checkpoint", command, "--help");

        help.Expect(ExitCode.Success);
        Assert.Contains($"rx-alerting checkpoint {command}", help.Output.Split("Examples:")[1], StringComparison.Ordinal);
        Assert.Contains("--store", help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--lateness", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("checkpoint", "bogus")]
    [InlineData("checkpoint", "export", "test/views")]
    [InlineData("checkpoint", "import")]
    [InlineData("checkpoint", "import", "a.rxal", "--pipeline", "")]
    [InlineData("checkpoint", "inspect", "--titles", "many")]
    [InlineData("checkpoint", "list", "--store", "drawer")]
    [InlineData("checkpoint", "reset")]
    public async Task Usage_Wrong_ExitsWith2AndPointsToHelp(params string[] arguments)
    {
        var run = await CommandRun.OfAsync(arguments);

        run.Expect(ExitCode.Misused);
        Assert.Contains("See rx-alerting checkpoint", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help.", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Theory]
    [InlineData("list")]
    [InlineData("inspect")]
    [InlineData("export", "test/views", "a.rxal")]
    [InlineData("reset", "test/views")]
    public async Task AnyCommand_WithoutStore_SaysWhereItLookedAndMakesNone(params string[] arguments)
    {
        var run = await CommandRun.OfAsync(["checkpoint", .. arguments, "--set", $"Sqlite:Path={folder["none.db"]}"]);

        run.Expect(ExitCode.Failed);
        Assert.Contains(
            $"there is no file {folder["none.db"]}: say where checkpoints are with --set Sqlite:Path=… or --store redis",
            run.Error,
            StringComparison.Ordinal);
        Assert.False(File.Exists(folder["none.db"]));
    }

    [Fact]
    public async Task AnyCommand_RedisAway_SaysWhatToLookAt()
    {
        var run = await CommandRun.OfAsync(
            "checkpoint", "list", "--store", "redis", "--set", "Redis:Configuration=127.0.0.1:1", "--set", "Redis:Timeout=500ms");

        run.Expect(ExitCode.Failed);
        Assert.Contains("Redis at 127.0.0.1:1 did not answer", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Theory]
    [InlineData("list")]
    [InlineData("inspect")]
    public async Task AnyCommand_DamagedFile_SaysWhatToDo(string command)
    {
        var path = folder["checkpoints.db"];
        await using (var store = new SqliteCheckpointStore(new() { Path = path }))
            await store.AcquireAsync("kafka/a", "x", TestContext.Current.CancellationToken);
        using (var file = File.OpenWrite(path))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }

        var run = await CommandRun.OfAsync("checkpoint", command, "--set", $"Sqlite:Path={path}");

        run.Expect(ExitCode.Failed);
        Assert.Contains($"The checkpoint file “{path}” is damaged; restore a copy", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task Pipeline_UnknownOrNotSaid_NamesThoseThatAreThere()
    {
        string[] arguments = ["--set", $"Sqlite:Path={folder["checkpoints.db"]}"];
        await using (var store = new SqliteCheckpointStore(new() { Path = folder["checkpoints.db"] }))
        {
            await store.AcquireAsync("kafka/a", "x", TestContext.Current.CancellationToken);
            await store.AcquireAsync("kafka/b", "x", TestContext.Current.CancellationToken);
        }

        var notSaid = await CommandRun.OfAsync(["checkpoint", "inspect", .. arguments]);
        var unknown = await CommandRun.OfAsync(["checkpoint", "reset", "kafka/c", "--yes", .. arguments]);
        var neverCommitted = await CommandRun.OfAsync(["checkpoint", "export", "kafka/a", folder["a.rxal"], .. arguments]);

        notSaid.Expect(ExitCode.Misused);
        Assert.Contains("which pipeline? There are “kafka/a”, “kafka/b”.", notSaid.Error, StringComparison.Ordinal);
        unknown.Expect(ExitCode.Failed);
        Assert.Contains(
            "there is no pipeline “kafka/c”; there are “kafka/a”, “kafka/b”.", unknown.Error, StringComparison.Ordinal);
        neverCommitted.Expect(ExitCode.Failed);
        Assert.Contains("has never been committed: there is nothing to export.", neverCommitted.Error, StringComparison.Ordinal);
    }
}
