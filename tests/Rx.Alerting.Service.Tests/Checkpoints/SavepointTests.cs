using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>A checkpoint that is carried from store to store goes on as if nothing had happened.</summary>
public sealed class SavepointTests(RedisFixture redis) : IClassFixture<RedisFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder other = new();

    public void Dispose()
    {
        folder.Dispose();
        other.Dispose();
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    [InlineData("sqlite", "sqlite")]
    public async Task ExportAndImport_FromStoreToStore_GoOnToTheSameIncidents(string kind, string otherKind)
    {
        var (from, to) = (NamedStore.Of(kind, folder, redis), NamedStore.Of(otherKind, other, redis));
        var run = new StoredRun();
        await using (var store = from.Open())
            await run.RunAsync(store, StoredRun.Half);
        Assert.NotEmpty(run.Delivered);

        (await CommandRun.OfAsync(["checkpoint", "export", StoredRun.Name, folder["a.rxal"], .. from.Arguments])).Expect(ExitCode.Success);
        (await CommandRun.OfAsync(["checkpoint", "import", folder["a.rxal"], .. to.Arguments])).Expect(ExitCode.Success);
        await using (var store = to.Open())
            await run.RunAsync(store, NumberedSource.All);

        Assert.Equal(await UndisturbedAsync(), run.Delivered);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Import_OfARunningPipeline_FencesItAndTakesItBack(string kind)
    {
        var named = NamedStore.Of(kind, folder, redis);
        var run = new StoredRun();
        await using var store = named.Open();
        await run.RunAsync(store, StoredRun.Half);
        (await CommandRun.OfAsync(["checkpoint", "export", StoredRun.Name, folder["a.rxal"], .. named.Arguments])).Expect(ExitCode.Success);
        var zombie = await store.AcquireAsync(StoredRun.Name, "zombie", TestContext.Current.CancellationToken);

        var refused = await CommandRun.OfAsync(["checkpoint", "import", folder["a.rxal"], .. named.Arguments]);
        var forced = await CommandRun.OfAsync(["checkpoint", "import", folder["a.rxal"], "--force", .. named.Arguments]);

        refused.Expect(ExitCode.Failed);
        Assert.Contains(
            $"the pipeline “test/views” has a checkpoint already, number {zombie.Id}: give --force to replace it, "
            + "or another name with --pipeline.",
            refused.Error,
            StringComparison.Ordinal);
        forced.Expect(ExitCode.Success);
        var commit = new CheckpointCommit(
            StoredRun.Name, zombie.Epoch, zombie.Owner, zombie.Id + 1, TimeProvider.System.GetUtcNow(), new([], []));
        await Assert.ThrowsAsync<OwnershipLostException>(() => store.CommitAsync(commit, TestContext.Current.CancellationToken));
        await run.RunAsync(store, NumberedSource.All);
        Assert.Equal(await UndisturbedAsync(), run.Delivered);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Reset_Confirmed_BeginsAnewWithEverything(string kind)
    {
        var named = NamedStore.Of(kind, folder, redis);
        await using var store = named.Open();
        await new StoredRun().RunAsync(store, StoredRun.Half);

        var reset = await CommandRun.OfAsync(["checkpoint", "reset", StoredRun.Name, "--yes", .. named.Arguments]);

        reset.Expect(ExitCode.Success);
        Assert.Matches(
            "^Commit [0-9]+ of “test/views” will be lost: what is normal for 1 property and 8 titles, "
            + "1 open incident and the history of others, 0 changes that were not known to be delivered, "
            + "and where to read on in 1 partition.",
            reset.Output);
        var again = new StoredRun();
        await again.RunAsync(store, NumberedSource.All);
        Assert.Equal(await UndisturbedAsync(), again.Delivered);
    }

    private static async Task<string> UndisturbedAsync()
    {
        using var folder = new TemporaryFolder();
        await using var store = NamedStore.Of("sqlite", folder, null!).Open();
        var run = new StoredRun();
        await run.RunAsync(store, NumberedSource.All);
        return run.Delivered;
    }
}
