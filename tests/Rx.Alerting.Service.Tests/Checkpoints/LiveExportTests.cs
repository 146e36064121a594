using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>A checkpoint is exported while its owner commits without a pause, faster than it can be read.</summary>
public sealed class LiveExportTests(RedisFixture redis) : IClassFixture<RedisFixture>, IDisposable
{
    private const int Titles = 100_000;
    private const int Changing = 10_000;
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Export_OfAPipelineThatIsCommittedWithoutPause_IsOneCommit(string kind)
    {
        var named = NamedStore.Of(kind, folder, redis);
        await using var store = named.Open();
        await new StoredRun().RunAsync(store, StoredRun.Half);
        var head = await store.AcquireAsync(StoredRun.Name, "owner", Cancel);
        var first = head.Id;
        head = await CommitAsync(store, head, Titles);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var commits = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                head = await CommitAsync(store, head, Changing);
            return head.Id;
        }, Cancel);

        var run = await CommandRun.OfAsync(["checkpoint", "export", StoredRun.Name, folder["live.rxal"], .. named.Arguments]);
        await stop.CancelAsync();
        var last = await commits;

        run.Expect(ExitCode.Success);
        using var file = File.OpenRead(folder["live.rxal"]);
        var reader = new CheckpointFileReader(file);
        var titles = reader.ReadEntries().SelectMany(chunk => chunk).Where(entry => entry.Key is { Section: StateSections.Titles, High: 0 })
            .ToDictionary(entry => entry.Key.Low, entry => BitConverter.ToInt64(entry.Value.Span));
        Assert.InRange(reader.Origin.Id, first + 1, last);
        Assert.Equal(Titles, titles.Count);
        foreach (var (title, commit) in titles)
            Assert.Equal(title < Changing ? reader.Origin.Id : first + 1, commit);
    }

    /// <summary>Commits titles whose value is the number of the commit.</summary>
    private static async Task<CheckpointHead> CommitAsync(ICheckpointStore store, CheckpointHead head, int titles)
    {
        var id = head.Id + 1;
        var written = Enumerable.Range(0, titles)
            .Select(number => new StateEntry(new(StateSections.Titles, 0, (ulong)number), BitConverter.GetBytes(id)));
        await store.CommitAsync(
            new(StoredRun.Name, head.Epoch, head.Owner, id, TimeProvider.System.GetUtcNow(), new([.. written], [])), Cancel);
        return head with { Id = id };
    }
}
