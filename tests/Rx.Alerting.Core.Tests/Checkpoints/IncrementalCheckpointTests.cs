using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Checkpoints;

/// <summary>The changes of all saves, added up, are the whole state.</summary>
public sealed class IncrementalCheckpointTests
{
    /// <summary>Few titles, properties and error types are kept, so that some are forgotten and come back.</summary>
    private static readonly PipelineOptions Options =
        new() { Windows = new WindowOptions { MaximumTitles = 20, MaximumProperties = 5, MaximumErrorTypes = 4 } };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TakeChanges_AddedUp_AreWhatSaveGives(ulong seed)
    {
        var random = new SplitMix(seed);
        var kept = new Dictionary<StateKey, byte[]>();
        using var pipeline = new DetectionPipeline(Options, tracksChanges: true);
        foreach (var batch in Stream(seed))
        {
            pipeline.OnNext(batch);
            if (random.Next(9) > 0)
                continue;
            Apply(pipeline.TakeChanges(), kept);
            using var restored = new DetectionPipeline(Options, Entries(kept));
            Assert.Equal(Shown(pipeline.Save()), Shown(restored.Save()));
        }

        Assert.True(pipeline.Statistics.Titles > 0);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Pipeline_BrokenOffAnywhere_GoesOnFromItsChangesAsIfNothingHadHappened(ulong seed)
    {
        var expected = new List<IncidentChange>();
        using (var whole = new DetectionPipeline(Options))
        {
            whole.Changes.Subscribe(expected.Add);
            foreach (var batch in Stream(seed))
                whole.OnNext(batch);
        }

        var random = new SplitMix(seed);
        var kept = new Dictionary<StateKey, byte[]>();
        var (committed, pending) = (new List<IncidentChange>(), new List<IncidentChange>());
        var batches = Stream(seed).Count;
        for (var at = 0; at < batches;)
        {
            // Begins anew from the kept changes. Everything after the latest kept changes is lost, and read again.
            using var pipeline = new DetectionPipeline(Options, Entries(kept), tracksChanges: true);
            pipeline.Changes.Subscribe(pending.Add);
            pending.Clear();
            var stream = Stream(seed);
            for (var i = at; i < batches && (i == at || random.Next(23) > 0); i++)
            {
                pipeline.OnNext(stream[i]);
                if (i + 1 < batches && random.Next(5) > 0)
                    continue;
                Apply(pipeline.TakeChanges(), kept);
                committed.AddRange(pending);
                pending.Clear();
                at = i + 1;
            }
        }

        Assert.NotEmpty(expected);
        Assert.Equal(PipelineRun.Json(expected), PipelineRun.Json(committed));
    }

    [Fact]
    public void TakeChanges_NothingHappened_AreFew()
    {
        using var pipeline = new DetectionPipeline(Options, tracksChanges: true);
        foreach (var batch in Stream(1))
            pipeline.OnNext(batch);
        pipeline.TakeChanges();

        var changes = pipeline.TakeChanges();

        Assert.Empty(changes.Removed);
        Assert.DoesNotContain(changes.Written, entry =>
            entry.Key.Section is StateSections.Titles or StateSections.Panes or StateSections.Positions or StateSections.Incidents);
    }

    [Fact]
    public void Positions_OfAPartitionThatFinishesWithoutOne_AreForgotten()
    {
        var kept = new Dictionary<StateKey, byte[]>();
        using var pipeline = new DetectionPipeline(Options, tracksChanges: true);
        pipeline.OnNext(new ViewBatch("a") { Position = "1" });
        pipeline.OnNext(new ViewBatch("b") { Position = "2" });
        Apply(pipeline.TakeChanges(), kept);
        pipeline.OnNext(new ViewBatch("a") { Status = PartitionStatus.Finished });
        Apply(pipeline.TakeChanges(), kept);

        using var restored = new DetectionPipeline(Options, Entries(kept));

        Assert.Equal([KeyValuePair.Create("b", "2")], restored.Positions);
    }

    private static IReadOnlyList<ViewBatch> Stream(ulong seed)
    {
        var traffic = new TestTraffic(seed) { Step = 900 };
        for (var i = 0; i < 300; i++)
            traffic.Add(1, $"garbage-{i % 17}", $"t{i % 5}", ($"type-{i}", 0.5))
                .Add(1, "two", "t", ($"type-{i % 40}", 0.4))
                .Add(8, "one", $"title-{i % 31}", ("a", 0.02))
                .Add(2, "one", "broken", ("c", i is > 90 and < 140 ? 0.9 : 0))
                .Add(5, "two", ("b", i is > 150 and < 200 ? 0.7 : 0.01));
        var position = 0;
        return [.. traffic.Views.Chunk(29).Select(views =>
        {
            var batch = TestBatches.Of($"p{position % 2}", views);
            batch.Position = $"{++position}";
            return batch;
        })];
    }

    private static void Apply(StateChanges changes, Dictionary<StateKey, byte[]> kept)
    {
        Assert.Empty(changes.Removed.Intersect(changes.Written.Select(entry => entry.Key)));
        foreach (var key in changes.Removed)
            Assert.True(kept.Remove(key), $"{key} was removed, but never written.");
        foreach (var (key, value) in changes.Written)
            kept[key] = value.ToArray();
    }

    private static IReadOnlyList<StateEntry> Entries(Dictionary<StateKey, byte[]> kept) =>
        [.. kept.Select(entry => new StateEntry(entry.Key, entry.Value))];

    private static IEnumerable<string> Shown(IReadOnlyList<StateEntry> entries) =>
        entries.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}").Order(StringComparer.Ordinal);
}
