using Microsoft.Extensions.Logging.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Effects;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Channels;

/// <summary>What a process shows of the board, and what it says where it cannot.</summary>
public sealed class BoardFollowerTests : IBoard, IAsyncLifetime
{
    private const string Pipeline = "test/script";

    private readonly InMemoryBoard board = new();
    private readonly BoardMirror mirror = new(_ => true);
    private readonly FakeLogger<BoardFollower> log = new();
    private readonly PipelineHealth health = new(new WatchedStream("test", "a stream", new WholeStream("script", ScriptedSource.Silent)));
    private readonly BoardChannel channel;
    private readonly BoardFollower follower;
    private volatile string? failure;
    private volatile string? refusal;

    public BoardFollowerTests()
    {
        channel = new BoardChannel(this, maximumHistory: 10, (_, _) => Task.FromResult(0L));
        follower = new BoardFollower(this, channel, mirror, health, TimeProvider.System, log);
        health.Start();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await follower.StopAsync(CancellationToken.None);
        follower.Dispose();
    }

    [Fact]
    public async Task Notice_BeforeTheBoardWasRead_SaysSo()
    {
        failure = "the disk is away";
        await follower.StartAsync(Cancel);
        await UntilAsync(() => follower.Notice?.Contains("the disk is away", StringComparison.Ordinal) == true);

        Assert.Equal("the incidents have not been read from the store yet; the disk is away", follower.Notice);
        Assert.False(health.IsReady);
        Assert.Contains("waiting: incidents; the disk is away", health.Description, StringComparison.Ordinal);

        failure = null;
        await UntilAsync(() => follower.Notice is null && log.Collector.Count == 2);
        Assert.True(health.IsReady);
        Assert.Equal([1025, 1026], log.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    [Fact]
    public async Task Notice_StoreFailsLater_SaysSinceWhenAndTheIncidentsStay()
    {
        await follower.StartAsync(Cancel);
        await channel.BeginAsync(new(Pipeline, 1, [IncidentSamples.Sample("a")]), Cancel);
        await UntilAsync(() => mirror.Find("a") is not null);

        failure = "the disk is away";

        await UntilAsync(() => follower.Notice?.EndsWith("the disk is away", StringComparison.Ordinal) == true);
        Assert.Matches(@"^this was so at \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ; the disk is away$", follower.Notice);
        Assert.NotNull(mirror.Find("a"));
        Assert.True(health.IsReady);
    }

    [Fact]
    public async Task Board_ThatIsLost_IsWrittenAgain()
    {
        await follower.StartAsync(Cancel);
        await channel.BeginAsync(new(Pipeline, 1, [IncidentSamples.Sample("a")]), Cancel);
        await UntilAsync(() => mirror.Find("a") is not null);

        board.Lose();

        await UntilAsync(async () => (await board.ReadAsync(null, Cancel)).Entries.Count == 1);
        await UntilAsync(() => mirror.Find("a") is not null);
    }

    [Fact]
    public async Task Board_ThatCannotBeWrittenAgainAtOnce_IsSaidAndWrittenLater()
    {
        await follower.StartAsync(Cancel);
        await channel.BeginAsync(new(Pipeline, 1, [IncidentSamples.Sample("a")]), Cancel);
        await UntilAsync(() => mirror.Find("a") is not null);

        refusal = "no right to write";
        board.Lose();
        await UntilAsync(() => follower.Notice?.EndsWith("no right to write", StringComparison.Ordinal) == true);
        refusal = null;

        await UntilAsync(() => mirror.Find("a") is not null && follower.Notice is null);
    }

    [Fact]
    public async Task Notice_IncidentOfANewerRelease_SaysThatItIsNotShown()
    {
        await board.ReplaceAsync(Pipeline, 1, [new(Pipeline, "b", IncidentSamples.Start, new byte[] { 99, 0, 0, 0 })], Cancel);
        await follower.StartAsync(Cancel);

        await UntilAsync(() => follower.Notice ==
            "1 incidents are not shown: this process cannot read them; a newer release may have written them");
    }

    Task IBoard.ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel) =>
        refusal is { } problem
            ? Task.FromException(new InvalidOperationException(problem))
            : board.ReplaceAsync(pipeline, epoch, entries, cancel);

    Task<IReadOnlyList<BoardEntry>> IBoard.TakeAsync(string pipeline, long epoch, CancellationToken cancel) =>
        board.TakeAsync(pipeline, epoch, cancel);

    Task<long> IBoard.PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel) =>
        board.PostAsync(pipeline, epoch, entries, gone, cancel);

    Task<BoardReading> IBoard.ReadAsync(string? after, CancellationToken cancel) => failure is { } problem
        ? Task.FromException<BoardReading>(new CheckpointStoreException(CheckpointStoreProblem.Unavailable, problem))
        : board.ReadAsync(after, cancel);

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(30), "It does not come to be so.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }
    }
}
