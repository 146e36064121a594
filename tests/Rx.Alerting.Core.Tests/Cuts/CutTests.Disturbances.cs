using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Cuts;

/// <summary>The store fails, or the pipeline ends, while a cut is made.</summary>
public sealed partial class CutTests
{
    [Fact]
    public async Task Cut_StoreGoesBackMeanwhile_IsMadeAnewFromWhatTheStoreHas()
    {
        await using var running = new RunningPipeline(store, 2);
        running.Push(50);
        await running.Pipeline.CommitAsync(TestContext.Current.CancellationToken);
        running.Push(50);
        var reads = 0;
        store.Reading = () =>
        {
            if (++reads == 3)
                store.Kept.RollBack(RunningPipeline.Name, 1);
            running.Push();
            return Task.CompletedTask;
        };

        using var cut = await CutAsync(running, Whole);

        Assert.Equal(2, running.Restores);
        AssertIs(running, cut);
    }

    [Fact]
    public async Task Cut_StoreLosesEntriesMeanwhile_IsMadeAnewFromTheWholeState()
    {
        await using var running = new RunningPipeline(store, 3);
        running.Push(100);
        var reads = 0;
        store.Reading = () =>
        {
            if (++reads == 3)
                store.Kept.Vanish(RunningPipeline.Name, key => key.Section == StateSections.Properties);
            running.Push();
            return Task.CompletedTask;
        };

        using var cut = await CutAsync(running, Whole);

        Assert.Equal(1, running.Restores);
        AssertIs(running, cut);
    }

    /// <summary>A section that was read in part is read again. What commits have changed meanwhile counts all the same.</summary>
    [Fact]
    public async Task Cut_StoreDoesNotAnswerForAWhile_IsTheStateOfItsCommit()
    {
        await using var running = new RunningPipeline(store, 9);
        running.Push(100);
        var reads = 0;
        store.Reading = async () =>
        {
            running.Push();
            await running.Pipeline.CommitAsync(CancellationToken.None);
            if (++reads is 4 or 6 or 7)
                throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The store is busy.");
        };

        using var cut = await CutAsync(running, Whole);

        AssertIs(running, cut);
        Assert.Equal(1, running.Restores);
    }

    [Fact]
    public async Task Cut_StoreDoesNotAnswerAtAll_IsGivenUpWithItsProblem()
    {
        await using var running = new RunningPipeline(store, 9);
        running.Push(100);
        store.Reading = () => throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The store is busy.");

        var refused = await Assert.ThrowsAsync<CutException>(() => CutAsync(running, Whole));

        Assert.Equal("The store is busy. (attempt 5)", refused.Message);
    }

    [Fact]
    public async Task Cut_AnotherProcessTakesThePipelineOver_IsUnconfirmed()
    {
        await using var running = new RunningPipeline(store, 4);
        running.Push(100);
        var reads = 0;
        store.Reading = async () =>
        {
            if (++reads == 3)
                await store.AcquireAsync(RunningPipeline.Name, "another", CancellationToken.None);
        };

        await Assert.ThrowsAsync<CommandUnconfirmedException>(() => CutAsync(running, Whole));

        await Assert.ThrowsAsync<OwnershipLostException>(() => running.Run);
    }

    [Fact]
    public async Task Cut_PipelineStopsMeanwhile_IsUnconfirmed()
    {
        await using var running = new RunningPipeline(store, 5);
        running.Push(100);
        store.Reading = async () =>
        {
            await running.StopAsync();
            await running.Run;
        };

        await Assert.ThrowsAsync<CommandUnconfirmedException>(() => CutAsync(running, Whole));
    }
}
