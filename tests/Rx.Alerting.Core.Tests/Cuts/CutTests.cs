using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Cuts;

/// <summary>A cut is the state of one commit, whatever the pipeline and the store do meanwhile.</summary>
public sealed partial class CutTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly CutRequest Whole = new(StateSections.All.ToHashSet(), Path.GetTempPath(), 1L << 30);

    private readonly SteppedStore store = new();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    /// <summary>Between any two chunks, a commit is asked for, takes effect, or is confirmed. Views come all the time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Cut_CommitsComeAtEveryMoment_IsTheStateOfItsCommit(ulong seed)
    {
        await using var running = new RunningPipeline(store, seed);
        var random = new SplitMix(seed);
        running.Push(100 + random.Next(100));
        var (phase, steps) = (0, 0);
        store.Reading = async () =>
        {
            if (steps++ == 0)
                store.Step();
            running.Push(random.Next(3));
            switch (phase)
            {
                case 0 when random.Next(3) == 0:
                    _ = running.Pipeline.CommitAsync(CancellationToken.None);
                    await store.ArrivalAsync();
                    phase = 1;
                    break;
                case 1 when random.Next(2) == 0:
                    store.Release();
                    await store.ArrivalAsync();
                    phase = 2;
                    break;
                case 2 when random.Next(2) == 0:
                    store.Release();
                    phase = 0;
                    break;
            }

            if (steps != 15)
                return;
            phase = 3;
            store.Run();
        };

        using var cut = await CutAsync(running, Whole);

        Assert.InRange(steps, 15, int.MaxValue);
        Assert.InRange(running.Saved.Keys.Count(commit => commit < cut.Commit), 1, int.MaxValue);
        AssertIs(running, cut);
    }

    /// <summary>The last chunk that is read has a commit that is not confirmed yet. The cut must not be the commit before.</summary>
    [Fact]
    public async Task Cut_ReadsACommitThatIsNotConfirmedYet_IsALaterState()
    {
        await using var running = new RunningPipeline(store, 1);
        running.Push(100);
        var stopped = new TaskCompletionSource<Task<long>>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Reading = async () =>
        {
            if (stopped.Task.IsCompleted)
                return;
            store.Step();
            running.Push(20);
            var unconfirmed = running.Pipeline.CommitAsync(CancellationToken.None);
            await store.ArrivalAsync();
            store.Release();
            await store.ArrivalAsync();
            stopped.SetResult(unconfirmed);
        };

        var cutting = CutAsync(running, Whole);
        var inStore = await stopped.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        running.Push(5);
        store.Run();
        using var cut = await cutting;

        Assert.InRange(cut.Commit, await inStore + 1, long.MaxValue);
        AssertIs(running, cut);
    }

    [Fact]
    public async Task Cut_IsLargerThanItMayBe_IsRefusedAndThePipelineGoesOn()
    {
        await using var running = new RunningPipeline(store, 6);
        running.Push(100);

        var refused = await Assert.ThrowsAsync<CutException>(() => CutAsync(running, Whole with { MaximumBytes = 2000 }));

        Assert.Equal("it needs more than 0 MB of temporary files", refused.Message);
        running.Push(10);
        Assert.InRange(await running.Pipeline.CommitAsync(TestContext.Current.CancellationToken), 2, long.MaxValue);
    }

    [Fact]
    public async Task Cut_CommitsExceedTheBound_IsRefused()
    {
        await using var running = new RunningPipeline(store, 6);
        running.Push(5);
        var before = 0;
        store.Reading = async () =>
        {
            if (before++ > 0)
                return;
            running.Push(200);
            await running.Pipeline.CommitAsync(CancellationToken.None);
        };

        var refused = await Assert.ThrowsAsync<CutException>(() => CutAsync(running, Whole with { MaximumBytes = 20_000 }));

        Assert.Contains("temporary files", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.MayPass);
    }

    [Fact]
    public async Task Cut_FolderCannotBeMade_IsRefusedWithItsName()
    {
        await using var running = new RunningPipeline(store, 7);
        running.Push(5);
        var folder = Path.Combine(Environment.ProcessPath!, "below-a-file");

        var refused = await Assert.ThrowsAsync<CutException>(() => CutAsync(running, Whole with { Folder = folder }));

        Assert.StartsWith($"the temporary files in {folder} cannot be written: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_OfSomeSections_HasNoOthers()
    {
        await using var running = new RunningPipeline(store, 8);
        running.Push(100);

        using var cut = await CutAsync(running, Whole with { Sections = [StateSections.Titles] });

        Assert.NotEmpty(cut.Read(StateSections.Titles));
        Assert.Empty(cut.Read(StateSections.Properties));
    }

    private static Task<StateCut> CutAsync(RunningPipeline running, CutRequest request) =>
        running.Pipeline.CutAsync(request, TestContext.Current.CancellationToken).WaitAsync(Patience);

    /// <summary>Byte by byte: what the store had after the commit, and what the pipeline would have saved.</summary>
    private void AssertIs(RunningPipeline running, StateCut cut)
    {
        var entries = StateSections.All
            .SelectMany(cut.Read)
            .Select(entry => new StateEntry(entry.Key, entry.Value.ToArray()))
            .ToList();
        var kept = store.Commits[cut.Commit].Select(entry => new StateEntry(entry.Key, entry.Value));
        Assert.Equal(Shown(kept), Shown(entries));
        using var restored = new DetectionPipeline(RunningPipeline.Options, entries, tracksChanges: true);
        Assert.Equal(Shown(running.Saved[cut.Commit]), Shown(restored.Save()));
        Assert.True(restored.Statistics.Titles > 0);
    }

    private static IEnumerable<string> Shown(IEnumerable<StateEntry> entries) =>
        entries.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}").Order(StringComparer.Ordinal);
}
