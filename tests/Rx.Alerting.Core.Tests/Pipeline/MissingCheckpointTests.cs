using System.Reactive;
using System.Reactive.Linq;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>A pipeline without state in its store, or whose state the store has lost.</summary>
public sealed class MissingCheckpointTests
{
    private const string Name = "missing";
    private static readonly EarlierReading ReadBefore = new(true, "the group has read it before");

    private readonly InMemoryCheckpointStore store = new();
    private readonly List<CheckpointEvent> events = [];

    public static TheoryData<bool, bool> Answers => new() { { false, false }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Run_OnMissingBegin_BeginsAndSaysWhatIsKnown(bool isKnown, bool wasRead)
    {
        await RunAsync(CheckpointOnMissing.Begin, wasRead ? ReadBefore : new(isKnown, null));

        var restored = Assert.Single(events, said => said.Kind == CheckpointEventKind.Restored);
        Assert.Equal((0, wasRead ? ReadBefore.Trace : null, "the end is read"), (restored.Id, restored.Lost, restored.Beginning));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Run_OnMissingFail_BeginsOnlyWhereTheStreamWasNeverRead(bool isKnown, bool wasRead)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            // A second attempt, as after a restart. The first attempt must not have made the pipeline known to the store.
            var failure = await Record.ExceptionAsync(() => RunAsync(CheckpointOnMissing.Fail, wasRead ? ReadBefore : new(isKnown, null)));
            if (isKnown && !wasRead)
            {
                Assert.Null(failure);
                continue;
            }

            Assert.IsType<CheckpointMissingException>(failure);
            Assert.Contains(
                "To begin anew deliberately (the end is read), start once with --set Checkpoints:OnMissing=begin.",
                failure.Message,
                StringComparison.Ordinal);
            Assert.Null(await store.FindAsync(Name, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Run_OnMissingFailAfterReset_Begins()
    {
        await RunAsync(CheckpointOnMissing.Begin, ReadBefore);
        await store.ResetAsync(Name, TestContext.Current.CancellationToken);

        await RunAsync(CheckpointOnMissing.Fail, ReadBefore);

        Assert.Null(events[^2].Lost);
    }

    private Task RunAsync(CheckpointOnMissing onMissing, EarlierReading earlier) =>
        new CheckpointedPipeline(
            Name, new(), new() { OnMissing = onMissing }, store, [], TimeProvider.System, Observer.Create<CheckpointEvent>(events.Add))
            .RunAsync(new EndedSource(earlier), TestContext.Current.CancellationToken);

    private sealed class EndedSource(EarlierReading earlier) : IViewSource
    {
        public string Beginning => "the end is read";

        public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
            Observable.Empty<ViewBatch>();

        public Task<EarlierReading> FindEarlierReadingAsync(CancellationToken cancel) => Task.FromResult(earlier);
    }
}
