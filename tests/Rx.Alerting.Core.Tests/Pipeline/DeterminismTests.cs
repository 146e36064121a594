using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Checkpoints;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>The same views give the same bytes, in any order within the lateness bound, any partitions and any batches.</summary>
public sealed class DeterminismTests
{
    private static readonly IReadOnlyList<TestView> Views = Broken(1);
    private static readonly string Expected = PipelineRun.Json(PipelineRun.Of(Views));

    [Fact]
    public void Reference_BrokenTraffic_HasIncidentsOfBothKindsThatOpenAndClose()
    {
        var incidents = PipelineRun.Final(PipelineRun.Of(Views));

        Assert.Contains(incidents, incident => incident.VideoId is null && incident.Status == IncidentStatus.Closed);
        Assert.Contains(incidents, incident => incident.VideoId == "broken");
        Assert.Contains(incidents, incident => incident.Breakdowns.Any(breakdown => breakdown.Value == "fastly"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Incidents_ShuffledSplitAndCut_AreByteIdentical(int partitions)
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            foreach (var size in new[] { 1, 7, 4096 })
                Assert.Equal(Expected, PipelineRun.Json(PipelineRun.Of(Disturbed(Views, partitions, size, (ulong)(uint)seed))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Restore_InMidStream_GoesOnAsIfNothingHadHappened(int seed)
    {
        var batches = Disturbed(Views, 3, 64, (ulong)seed).ToList();
        var changes = new List<IncidentChange>();
        var pipeline = new DetectionPipeline(new PipelineOptions());
        pipeline.Changes.Subscribe(changes.Add);
        for (var i = 0; i < batches.Count; i++)
        {
            if (i % 37 == seed)
            {
                var checkpoint = pipeline.Save();
                pipeline.Dispose();
                pipeline = new DetectionPipeline(new PipelineOptions(), checkpoint);
                pipeline.Changes.Subscribe(changes.Add);
                Assert.True(
                    ExportedState.Bytes(checkpoint).SequenceEqual(ExportedState.Bytes(pipeline.Save())),
                    "Saving what was loaded gives the same bytes.");
            }

            pipeline.OnNext(batches[i]);
        }

        pipeline.OnCompleted();
        Assert.Equal(Expected, PipelineRun.Json(changes));
        pipeline.Dispose();
    }

    /// <summary>
    /// There are more properties and error types than the bounds allow. Neither the order nor restores decide which of them are forgotten.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Incidents_UnderAFloodOfKeys_AreByteIdenticalShuffledAndRestored(int seed)
    {
        var options = new PipelineOptions
        {
            Windows = new WindowOptions { MaximumProperties = 12, MaximumErrorTypes = 3, TitleExpiry = TimeSpan.FromHours(2) },
            Incidents = new IncidentOptions { ExpireAfterSilence = TimeSpan.FromMinutes(5) },
        };
        IReadOnlyList<TestView> views = [.. Views.Concat(Flood((ulong)seed)).OrderBy(view => view.Time)];
        var expected = Run(views, partitions: 1, size: 4096, restoreEvery: int.MaxValue);

        Assert.Contains("customer", expected.Changes, StringComparison.Ordinal);
        Assert.Equal(expected, Run(views, partitions: 3, size: 7, restoreEvery: int.MaxValue));
        Assert.Equal(expected, Run(views, partitions: 3, size: 64, restoreEvery: 29));

        (string Changes, string Keys) Run(IReadOnlyList<TestView> views, int partitions, int size, int restoreEvery)
        {
            var changes = new List<IncidentChange>();
            var pipeline = new DetectionPipeline(options);
            pipeline.Changes.Subscribe(changes.Add);
            var taken = 0;
            foreach (var batch in Disturbed(views, partitions, size, (ulong)seed))
            {
                pipeline.OnNext(batch);
                if (++taken % restoreEvery != 0)
                    continue;
                var checkpoint = pipeline.Save();
                pipeline.Dispose();
                pipeline = new DetectionPipeline(options, checkpoint);
                pipeline.Changes.Subscribe(changes.Add);
            }

            pipeline.OnCompleted();
            var keys = pipeline.Save()
                .Where(entry => entry.Key.Section is StateSections.Properties or StateSections.Titles or StateSections.Incidents);
            pipeline.Dispose();
            return (
                PipelineRun.Json(changes), string.Join('\n', keys.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}")));
        }
    }

    /// <summary>
    /// Many properties have a few views and never come again; some of them break. Among them is a new customer, half of whose views fail
    /// after a while.
    /// </summary>
    private static IReadOnlyList<TestView> Flood(ulong seed)
    {
        var random = new SplitMix(seed);
        var garbage = new TestTraffic(seed) { Step = 350 };
        for (var i = 0; i < 6000; i++)
            garbage.Add(1 + random.Next(4), $"garbage-{random.Next(3000)}", $"t{i}", ($"type-{i % 50}", 0.2))
                .Add(i % 400 == 0 ? 12 : 0, $"broken-{i}", "t", ("x", 0.9));
        var customer = new TestTraffic(seed + 1) { Step = 1000 }.Pause(TimeSpan.FromMinutes(20)).Add(300, "customer", "t")
            .Add(300, "customer", "t", ("y", 0.5));
        return TestTraffic.Merge(garbage, customer);
    }

    /// <summary>Two properties. One breaks as a whole; of the other, one title breaks.</summary>
    private static IReadOnlyList<TestView> Broken(ulong seed)
    {
        var one = new TestTraffic(seed) { Step = 700 }.Add(6000, "one", ("a", 0.01), ("b", 0.005)).Add(400, "one", ("a", 0.5))
            .Add(4000, "one", ("a", 0.01));
        var two = new TestTraffic(seed + 1) { Step = 900 }.Add(5000, "two", ("a", 0.02));
        for (var i = 0; i < 200; i++)
            two.Add(9, "two", ("a", 0.02)).Add(1, "two", "broken", ("c", 0.9));
        two.Add(2000, "two", ("a", 0.02));
        return [.. TestTraffic.Merge(one, two).Select((view, i) => Circumstanced(view, i, new SplitMix(seed + (ulong)i)))];
    }

    /// <summary>
    /// More values than are told apart, a CDN that most failures of an incident come through, and a viewer who often fails.
    /// </summary>
    private static TestView Circumstanced(TestView view, int number, SplitMix random)
    {
        var isBroken = view.Property == "one" && view.Time - TestTraffic.Start is > 4_200_000 and < 4_600_000;
        var cdn = isBroken && view.ErrorType == "a" && random.Next(8) > 0 ? "fastly" : random.Next(3) == 0 ? "akamai" : "lumen";
        var viewer = view.ErrorType.Length > 0 && random.Next(3) == 0 ? "again" : $"u{number}";
        return view with { Slice = $"cdn={cdn} country=c{random.Next(90)} viewer_user_id={viewer}" };
    }

    private static IEnumerable<ViewBatch> Disturbed(IReadOnlyList<TestView> views, int partitions, int size, ulong seed)
    {
        var random = new SplitMix(seed);
        var bound = new PipelineOptions().EventTime.MaximumOutOfOrderness.TotalMilliseconds;
        var queues = views
            .OrderBy(view => view.Time + (random.NextDouble() * bound))
            .GroupBy(_ => random.Next(partitions))
            .OrderBy(group => group.Key)
            .Select(group => (Name: $"partition-{group.Key}", Batches: new Queue<TestView[]>(group.Chunk(size))))
            .ToList();
        foreach (var (name, _) in queues)
            yield return new ViewBatch(name);
        while (queues.Count > 0)
        {
            var next = random.Next(queues.Count);
            var batch = TestBatches.Of(queues[next].Name, queues[next].Batches.Dequeue());
            if (queues[next].Batches.Count == 0)
            {
                batch.Status = PartitionStatus.Finished;
                queues.RemoveAt(next);
            }

            yield return batch;
        }
    }
}
