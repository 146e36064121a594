using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What every checkpoint store must do about owners, commits and resets. Derived classes give the store.</summary>
public abstract class CheckpointStoreContract
{
    protected const string Pipeline = "views";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract ICheckpointStore Store { get; }

    /// <summary>
    /// Gives the pipeline in the store a layout of that version, and gives a store to open it, which the caller owns. Null if there is no
    /// such version.
    /// </summary>
    protected abstract Task<ICheckpointStore?> ReopenWithFormatAsync(int version);

    [Fact]
    public async Task Acquire_Again_GrowsTheEpoch()
    {
        Assert.Null(await Store.FindAsync(Pipeline, Cancel));
        Assert.Equal(new(1, "a", 0, null), await Store.AcquireAsync(Pipeline, "a", Cancel));
        Assert.Equal(new(2, "b", 0, null), await Store.AcquireAsync(Pipeline, "b", Cancel));
        Assert.Equal(new(3, "c", 0, null), await Store.AcquireAsync(Pipeline, "c", Cancel));
        Assert.Equal(new(3, "c", 0, null), await Store.FindAsync(Pipeline, Cancel));
    }

    [Fact]
    public async Task Acquire_RepeatedByItsOwner_ChangesNothing()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1, 10)), Cancel);
        Assert.Equal(new(1, "a", 1, States.Time), await Store.AcquireAsync(Pipeline, "a", Cancel));
        await Store.CommitAsync(States.Commit(1, "a", 2), Cancel);
        Assert.Equal([(1UL, 10)], await States.Read(Store, Pipeline));
    }

    [Fact]
    public async Task Acquire_AfterCommits_GivesTheirHead()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1), Cancel);
        Assert.Equal(new(2, "b", 1, States.Time), await Store.AcquireAsync(Pipeline, "b", Cancel));
    }

    [Fact]
    public async Task Commit_OfAnEarlierOwner_LosesOwnership()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.AcquireAsync(Pipeline, "b", Cancel);
        await Assert.ThrowsAsync<OwnershipLostException>(() => Store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1)), Cancel));
        Assert.Empty(await States.Read(Store, Pipeline));
        await Store.CommitAsync(States.Commit(2, "b", 1), Cancel);
    }

    [Fact]
    public async Task Commit_OfAnotherOwnerOfTheSameEpoch_LosesOwnership()
    {
        await Store.AcquireAsync(Pipeline, "b", Cancel);
        await Assert.ThrowsAsync<OwnershipLostException>(() => Store.CommitAsync(States.Commit(1, "a", 1), Cancel));
        await Assert.ThrowsAsync<OwnershipLostException>(() => Store.CommitAsync(States.Commit(1, "a", 0), Cancel));
    }

    [Fact]
    public async Task Commit_OfAnEpochThatTheStoreHasNotSeen_IsRolledBack()
    {
        await Assert.ThrowsAsync<CheckpointRolledBackException>(() => Store.CommitAsync(States.Commit(1, "a", 1), Cancel));
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Assert.ThrowsAsync<CheckpointRolledBackException>(() => Store.CommitAsync(States.Commit(2, "a", 1), Cancel));
        await Assert.ThrowsAsync<CheckpointRolledBackException>(() => Store.CommitAsync(States.Commit(2, "b", 0), Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Commit_ThatDoesNotFollowTheLatest_IsRolledBack(long id)
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1), Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 2), Cancel);
        await Assert.ThrowsAsync<CheckpointRolledBackException>(
            () => Store.CommitAsync(States.Commit(1, "a", id, States.Entry(1)), Cancel));
        Assert.Empty(await States.Read(Store, Pipeline));
        Assert.Equal(2, (await Store.FindAsync(Pipeline, Cancel))!.Id);
    }

    [Fact]
    public async Task Commit_Repeated_ChangesNothing()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1, 10)), Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1, 99), States.Entry(2, 99)), Cancel);
        Assert.Equal([(1UL, 10)], await States.Read(Store, Pipeline));
        await Store.CommitAsync(States.Commit(1, "a", 2), Cancel);
    }

    [Fact]
    public async Task Commit_AfterReset_LosesOwnership()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1)), Cancel);
        await Store.ResetAsync(Pipeline, Cancel);
        Assert.Equal(new(2, string.Empty, 0, null), await Store.FindAsync(Pipeline, Cancel));
        Assert.Empty(await States.Read(Store, Pipeline));
        await Assert.ThrowsAsync<OwnershipLostException>(() => Store.CommitAsync(States.Commit(1, "a", 2), Cancel));
        Assert.Equal(new(3, "b", 0, null), await Store.AcquireAsync(Pipeline, "b", Cancel));
        await Store.CommitAsync(States.Commit(3, "b", 1), Cancel);
    }

    [Fact]
    public async Task Reset_OfAnUnknownPipeline_DoesNotMakeIt()
    {
        await Store.ResetAsync(Pipeline, Cancel);
        Assert.Null(await Store.FindAsync(Pipeline, Cancel));
        Assert.Empty(await Store.ListAsync(Cancel));
    }

    [Fact]
    public async Task AnyCall_FormatOfAnotherRelease_IsRefusedAndChangesNothing()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1, 10)), Cancel);
        await using (var other = await ReopenWithFormatAsync(7))
        {
            Assert.SkipWhen(other is null, "This store has no format of its own.");
            await Refused(() => other.FindAsync(Pipeline, Cancel));
            await Refused(() => other.AcquireAsync(Pipeline, "b", Cancel));
            await Refused(() => States.Chunks(other, Pipeline));
            await Refused(() => other.CommitAsync(States.Commit(1, "a", 2, States.Entry(1, 99)), Cancel));
            await Refused(() => other.ResetAsync(Pipeline, Cancel));
        }

        await using var again = await ReopenWithFormatAsync(1);
        Assert.Equal(new(1, "a", 1, States.Time), await again!.FindAsync(Pipeline, Cancel));
        Assert.Equal([(1UL, 10)], await States.Read(again, Pipeline));

        static async Task Refused(Func<Task> call)
        {
            var problem = await Assert.ThrowsAsync<CheckpointStoreException>(call);
            Assert.Equal(CheckpointStoreProblem.OtherFormat, problem.Problem);
            Assert.Matches(
                "has format (version )?7, this build reads (format|version) 1[:;] use the release that wrote it, or ", problem.Message);
        }
    }

    [Fact]
    public async Task Commit_OfTwoOwnersAtOnce_OneWins()
    {
        var heads = await Task.WhenAll(Acquire("a"), Acquire("b"));
        Assert.Equal([1L, 2L], heads.Select(head => head.Epoch).Order());
        var commits = heads.Select(
            head => Task.Run(() => Store.CommitAsync(States.Commit(head.Epoch, head.Owner, 1), Cancel), Cancel)).ToArray();
        var lost = 0;
        foreach (var commit in commits)
        {
            if (await Record.ExceptionAsync(() => commit) is { } problem)
            {
                Assert.IsType<OwnershipLostException>(problem);
                lost++;
            }
        }

        Assert.Equal(1, lost);
        Assert.Equal(heads.MaxBy(head => head.Epoch)!.Owner, (await Store.FindAsync(Pipeline, Cancel))!.Owner);

        Task<CheckpointHead> Acquire(string owner) => Task.Run(() => Store.AcquireAsync(Pipeline, owner, Cancel), Cancel);
    }
}
