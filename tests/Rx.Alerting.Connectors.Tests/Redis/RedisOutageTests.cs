using System.Globalization;
using System.Text;
using Rx.Alerting.Connectors.Tests.Outages;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>A pipeline while its Redis has a fault: what it says, and that nothing is lost or doubled in the end.</summary>
public sealed class RedisOutageTests : IDisposable
{
    private static readonly int All = OutageTraffic.Views.Count;

    private readonly RedisServer server = RedisFixture.Needed(RedisServer.TryStart());
    private readonly ListedViews source = new(OutageTraffic.Views) { Limit = 2000 };

    [Fact]
    public async Task Run_ServerDownAtStart_WaitsAndSaysSo()
    {
        var pipeline = new WatchedPipeline();
        source.Limit = All;
        server.Kill();
        await using var store = server.Store(seconds: 1);
        pipeline.Start(store, source);

        var problem = await pipeline.UntilRetryingAsync(CheckpointStoreProblem.Unavailable);
        Assert.Contains(server.Endpoint, problem.Message, StringComparison.Ordinal);
        Assert.All(pipeline.Events, said => Assert.Equal(CheckpointEventKind.Retrying, said.Kind));
        Assert.Equal(0, source.Readings);

        server.Start();
        await AssertUndisturbedAsync(pipeline);
    }

    [Fact]
    public async Task Run_ServerKilledInMidRun_ReadsOnWithinTheBoundPausesAndLosesNothing()
    {
        var pipeline = new WatchedPipeline();
        await using var store = server.Store(seconds: 1);
        await ReadAsync(pipeline, store);
        server.Kill();
        source.Limit = All;

        await pipeline.UntilRetryingAsync(CheckpointStoreProblem.Unavailable);
        await pipeline.UntilAsync(
            () => source.Read > 2000 + (pipeline.Checkpoints.MaximumUncommittedViews / 2), "views that wait for a commit");
        var attempts = pipeline.Events.Count;
        await pipeline.UntilAsync(() => pipeline.Events.Count >= attempts + 3, "further attempts");
        Assert.InRange(source.Read, 2000, 2000 + (int)pipeline.Checkpoints.MaximumUncommittedViews + ListedViews.BatchViews);

        server.Start();
        await AssertUndisturbedAsync(pipeline);
        Assert.Equal(1, source.Readings);
    }

    [Fact]
    public async Task Run_ServerRestartedEmpty_BeginsAnewAndDeliversTheSame()
    {
        var pipeline = new WatchedPipeline();
        await using var store = server.Store(seconds: 1);
        await ReadAsync(pipeline, store);
        server.Kill();
        server.Empty();
        server.Start();
        source.Limit = All;

        await AssertUndisturbedAsync(pipeline);
        Assert.Single(pipeline.Events, said => said.Kind == CheckpointEventKind.RolledBack);
        Assert.Equal(2, pipeline.Events.Count(said => said.Kind == CheckpointEventKind.Restored));
    }

    [Theory]
    [InlineData(CheckpointStoreProblem.Full, "CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0")]
    [InlineData(CheckpointStoreProblem.ReadOnly, "REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE")]
    public async Task Run_ServerTakesNoWrites_SaysWhyAndGoesOn(CheckpointStoreProblem problem, string broken, string mended)
    {
        var pipeline = new WatchedPipeline();
        await using var store = server.Store();
        await ReadAsync(pipeline, store);
        await server.AdministerAsync(broken);
        source.Limit = All;
        await pipeline.UntilRetryingAsync(problem);
        Assert.InRange(source.Read, 2000, 2000 + (int)pipeline.Checkpoints.MaximumUncommittedViews + ListedViews.BatchViews);

        await server.AdministerAsync(mended);
        await AssertUndisturbedAsync(pipeline);
    }

    [Fact]
    public async Task Run_WrongPassword_FailsAtOnce()
    {
        using var locked = RedisFixture.Needed(RedisServer.TryStart(password: "right-one"));
        await using var store = locked.Store(",password=wrong-one");
        var pipeline = new WatchedPipeline();
        pipeline.Start(store, source);

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(pipeline.EndAsync);

        Assert.Equal(CheckpointStoreProblem.Refused, failure.Problem);
        Assert.Equal(0, source.Readings);
    }

    /// <summary>The connection breaks; or a call is not answered in time, so that the connection is given up for a new one.</summary>
    [Theory]
    [InlineData("CLIENT KILL TYPE normal")]
    [InlineData("CLIENT PAUSE 2500 ALL")]
    public async Task Run_PasswordChangedInMidRun_SaysSoAndGoesOnWhenItIsRightAgain(string trouble)
    {
        var pipeline = new WatchedPipeline();
        await using var store = server.Store(seconds: 1);
        await ReadAsync(pipeline, store);
        await server.AdministerAsync("CONFIG SET requirepass new-one", trouble);
        source.Limit = All;
        await pipeline.UntilAsync(
            () => pipeline.Events.Any(
                said => said.Problem?.Message.Contains("does not let us in: see user and password", StringComparison.Ordinal) == true),
            "a refusal");
        Assert.All(
            pipeline.Events,
            said => Assert.True(
                said.Problem is null or CheckpointStoreException { Problem: CheckpointStoreProblem.Unavailable },
                said.Problem?.ToString()));

        await server.AdministerWithAsync("new-one", "CONFIG SET requirepass \"\"");
        await AssertUndisturbedAsync(pipeline);
    }

    [Fact]
    public async Task Run_StreamEndsWhileTheServerIsDown_WaitsForIt()
    {
        var pipeline = new WatchedPipeline();
        var checkpoints = pipeline.Checkpoints with { MaximumUncommittedViews = 1_000_000, StopTimeout = TimeSpan.FromMilliseconds(50) };
        await using var store = server.Store(seconds: 1);
        await ReadAsync(pipeline, store, checkpoints);
        server.Kill();
        source.Limit = All;
        await pipeline.UntilAsync(() => source.Read == All, "the end of the stream");
        var attempts = pipeline.Events.Count;
        await pipeline.UntilAsync(() => pipeline.Events.Count >= attempts + 3, "further attempts");

        Assert.False(pipeline.Run.IsCompleted);
        server.Start();
        await AssertUndisturbedAsync(pipeline);
    }

    [Fact]
    public async Task Run_SourceFailsWhileTheServerIsDown_FailsWithItsFailure()
    {
        var pipeline = new WatchedPipeline();
        var checkpoints = pipeline.Checkpoints with { StopTimeout = TimeSpan.FromMilliseconds(50) };
        await using var store = server.Store(seconds: 1);
        await ReadAsync(pipeline, store, checkpoints);
        server.Kill();
        source.Limit += ListedViews.BatchViews;
        await pipeline.UntilRetryingAsync(CheckpointStoreProblem.Unavailable);

        source.Failure = new InvalidDataException("torn");

        Assert.Equal("torn", (await Assert.ThrowsAsync<InvalidDataException>(pipeline.EndAsync)).Message);
    }

    public void Dispose() => server.Dispose();

    /// <summary>Reads all views that there are for now, until they are committed.</summary>
    private async Task ReadAsync(WatchedPipeline pipeline, ICheckpointStore store, CheckpointOptions? checkpoints = null)
    {
        pipeline.Start(store, source, checkpoints);
        await pipeline.UntilAsync(() => source.Read == source.Limit, "the views that there are");
        await pipeline.UntilAsync(() => IsCommittedAsync(store), "their commit");
    }

    private async Task<bool> IsCommittedAsync(ICheckpointStore store)
    {
        var position = Encoding.UTF8.GetBytes(source.Limit.ToString(CultureInfo.InvariantCulture));
        await foreach (var chunk in store.ReadAsync(WatchedPipeline.Name, StateSections.Positions, RedisCommits.Cancel))
            return chunk.Any(entry => entry.Value.Span.EndsWith(position));
        return false;
    }

    private static async Task AssertUndisturbedAsync(WatchedPipeline pipeline)
    {
        await pipeline.EndAsync();
        Assert.Equal(await OutageTraffic.ExpectedAsync(), pipeline.Delivered);
    }
}
