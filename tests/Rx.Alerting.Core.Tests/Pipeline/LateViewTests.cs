using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Checkpoints;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>The cut of a stream into batches does not change how its late views are told.</summary>
public sealed class LateViewTests
{
    private static readonly IReadOnlyList<TestView> Views = WithLate();
    private static readonly string Expected = PipelineRun.Json(PipelineRun.Of(Views, batch: 1));

    [Fact]
    public void Incident_LateViewsWhileItIsOpen_TellsHowMany()
    {
        var incident = Assert.Single(PipelineRun.Final(PipelineRun.Of(Views)), incident => incident.VideoId is null);

        Assert.InRange(incident.LateViews, 50, 150);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(4096)]
    public void Incidents_LateViewsInBatchesOfAnySize_AreByteIdentical(int batch) =>
        Assert.Equal(Expected, PipelineRun.Json(PipelineRun.Of(Views, batch: batch)));

    [Fact]
    public void Incidents_RestoredBetweenLateViews_AreByteIdentical()
    {
        var changes = new List<Core.Incidents.IncidentChange>();
        var pipeline = new DetectionPipeline(new PipelineOptions());
        pipeline.Changes.Subscribe(changes.Add);
        foreach (var chunk in Views.Chunk(100))
        {
            pipeline.OnNext(TestBatches.Of("p", chunk));
            var checkpoint = pipeline.Save();
            pipeline.Dispose();
            pipeline = new DetectionPipeline(new PipelineOptions(), checkpoint);
            pipeline.Changes.Subscribe(changes.Add);
            Assert.True(
                ExportedState.Bytes(checkpoint).SequenceEqual(ExportedState.Bytes(pipeline.Save())),
                "Saving what was loaded gives the same bytes.");
        }

        pipeline.OnCompleted();
        pipeline.Dispose();
        Assert.Equal(Expected, PipelineRun.Json(changes));
    }

    [Fact]
    public void Pane_OnlyLateViewsCameInItsTime_IsReleasedLikeAnyOther()
    {
        var thin = new TestTraffic(2) { Step = 7_000 }.Add(1000, "acme", ("a", 0.01)).Views;
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        foreach (var chunk in thin.Select((view, i) => i % 10 == 9 ? new[] { view, thin[i / 2] } : [view]))
            pipeline.OnNext(TestBatches.Of("p", chunk));
        pipeline.OnCompleted();

        Assert.InRange(pipeline.Statistics.Late, 90, 100);
        Assert.Equal(1000, pipeline.Statistics.Views + pipeline.Statistics.Late - 100);
    }

    /// <summary>A property breaks and heals. Every tenth view comes again ten minutes later, and is late then.</summary>
    private static IReadOnlyList<TestView> WithLate()
    {
        var onTime = new TestTraffic(1).Add(5000, "acme", ("a", 0.01)).Add(1000, "acme", ("a", 0.4)).Add(3000, "acme", ("a", 0.01)).Views;
        var views = new List<TestView>();
        for (var i = 0; i < onTime.Count; i++)
        {
            views.Add(onTime[i]);
            if (i >= 600 && i % 10 == 0)
                views.Add(onTime[i - 600]);
        }

        return views;
    }
}
