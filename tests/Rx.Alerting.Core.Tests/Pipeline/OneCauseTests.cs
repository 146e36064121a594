using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>How many incidents people see for one cause, and at which level.</summary>
public sealed class OneCauseTests
{
    private static readonly (string, double)[] Ordinary = [("a", 0.005), ("b", 0.01)];
    private static readonly (string, double)[] Broken = [("a", 0.9)];

    [Theory]
    [InlineData(20)]
    [InlineData(2000)]
    public void OneTitleFailsHard_IsToldAsTheTitle(int titles)
    {
        var traffic = new TestTraffic(1) { Step = 200, Titles = titles }.Add(30_000, "acme", Ordinary);
        for (var i = 0; i < 300; i++)
            traffic.Add(20, "acme", Ordinary).Add(1, "acme", "broken", Broken);
        traffic.Add(20_000, "acme", Ordinary);

        var changes = PipelineRun.Of(traffic.Views);

        Assert.Equal("broken", Assert.Single(Seen(changes)).VideoId);
        Assert.DoesNotContain(changes, change => change.Incident.VideoId != "broken");
    }

    [Fact]
    public void FiveHundredOfTwoThousandTitlesFail_IsToldAsTheProperty()
    {
        var traffic = new TestTraffic(2) { Step = 100, Titles = 2000 }.Add(60_000, "acme", Ordinary)
            .AddByTitle(20_000, "acme", title => title % 4 == 0 ? Broken : Ordinary)
            .Add(60_000, "acme", Ordinary);

        var changes = PipelineRun.Of(traffic.Views);

        var seen = Assert.Single(Seen(changes));
        Assert.Equal((IncidentLevel.Property, IncidentStatus.Closed), (seen.Level, seen.Status));
        Assert.InRange(seen.AffectedTitles, 400, 600);
        AssertNoTitleIsTold(changes);
    }

    [Fact]
    public void CdnFailsOverFiveHundredTitles_IsToldAsTheProperty()
    {
        var traffic = new TestTraffic(3) { Step = 100, Titles = 500 }.Add(60_000, "acme", Ordinary)
            .Add(20_000, "acme", ("a", 0.3), ("b", 0.01))
            .Add(60_000, "acme", Ordinary);

        var changes = PipelineRun.Of(traffic.Views);

        Assert.Equal(IncidentLevel.Property, Assert.Single(Seen(changes)).Level);
        AssertNoTitleIsTold(changes);
    }

    [Fact]
    public void TwoHundredPropertiesFailTogether_IsToldAsThePlatform()
    {
        var traffic = new TestTraffic(4) { Step = 10 };
        for (var i = 0; i < 1500; i++)
            AddAll(traffic, 200, Ordinary);
        var brokenAt = DateTimeOffset.FromUnixTimeMilliseconds(traffic.Now);
        for (var i = 0; i < 100; i++)
            AddAll(traffic, 200, Broken);
        for (var i = 0; i < 600; i++)
            AddAll(traffic, 200, Ordinary);

        var changes = PipelineRun.Of(traffic.Views);

        var seen = Assert.Single(Seen(changes));
        Assert.Equal((IncidentLevel.Platform, 200, IncidentStatus.Closed), (seen.Level, seen.AffectedProperties, seen.Status));
        Assert.InRange(seen.StartedAt - brokenAt, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        var properties = PipelineRun.Final(changes).Where(incident => incident.Level == IncidentLevel.Property).ToList();
        Assert.Equal(200, properties.Count);
        Assert.All(properties, property => Assert.Equal(seen.Id, property.ParentId));
        Assert.DoesNotContain(changes, change => change.Incident.StartedAt < brokenAt);
    }

    [Fact]
    public void TenPropertiesFailOnOneDay_AreTen()
    {
        var streams = Enumerable.Range(0, 10).Select(i => new TestTraffic((ulong)(50 + i)) { Step = 4000 }
            .Add(5000 + (1500 * i), $"p{i}", Ordinary).Add(300, $"p{i}", ("a", 0.4)).Add(20_000 - (1500 * i), $"p{i}", Ordinary));

        var seen = Seen(PipelineRun.Of(TestTraffic.Merge([.. streams])));

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"p{i}"), seen.Select(incident => incident.PropertyId).Order());
        Assert.All(seen, incident => Assert.Equal(IncidentLevel.Property, incident.Level));
    }

    /// <summary>The title was told alone, is part of the outage, and is told alone again.</summary>
    [Fact]
    public void TitleThatGoesOnToFail_OutlivesItsPropertysOutage()
    {
        var traffic = new TestTraffic(6) { Step = 200, Titles = 100 }.Add(30_000, "acme", Ordinary);
        AddWithTitle(200, Ordinary);
        AddWithTitle(300, Broken);
        AddWithTitle(600, Ordinary);

        var title = PipelineRun.Told(PipelineRun.Of(traffic.Views)).Where(change => change.Incident.VideoId == "broken").ToList();

        Assert.Single(title.Select(change => change.Incident.Id).Distinct());
        Assert.Equal(
            [null, IncidentReason.PartOfParent, IncidentReason.OutlivedParent],
            title.Select(change => change.Incident.Reason)
                .Where(reason => reason is null or IncidentReason.PartOfParent or IncidentReason.OutlivedParent));
        Assert.Equal(IncidentStatus.Open, title[^1].Incident.Status);
        Assert.All(title, change => Assert.Equal(change.Incident.ParentId is not null, change.Incident.Inhibited));

        void AddWithTitle(int times, (string, double)[] others)
        {
            for (var i = 0; i < times; i++)
                traffic.Add(20, "acme", others).Add(1, "acme", "broken", Broken);
        }
    }

    [Fact]
    public void TitleMuchWorseThanOtherAffectedTitles_IsToldBesideItsProperty()
    {
        var traffic = new TestTraffic(7) { Step = 100, Titles = 50 }.Add(40_000, "acme", Ordinary)
            .Add(6000, "acme", ("a", 0.15));
        for (var i = 0; i < 200; i++)
            traffic.Add(20, "acme", ("a", 0.15)).Add(1, "acme", "worse", Broken);

        var seen = Seen(PipelineRun.Of(traffic.Views));

        Assert.Equal([IncidentLevel.Property, IncidentLevel.Title], seen.Select(incident => incident.Level));
        Assert.Equal(("worse", true, seen[0].Id), (seen[1].VideoId, seen[1].StandsOut, seen[1].ParentId));
    }

    [Fact]
    public void Restore_AtAnyMoment_GoesOnAsIfNothingHadHappened()
    {
        var traffic = new TestTraffic(8) { Step = 100 };
        for (var i = 0; i < 600; i++)
            AddAll(traffic, 12, Ordinary);
        for (var i = 0; i < 1000; i++)
            AddAll(traffic, 12, i % 600 < 100 ? Broken : Ordinary);
        List<ViewBatch> batches = [.. traffic.Views.Chunk(700).Select(chunk => TestBatches.Of("p", chunk))];
        var expected = PipelineRun.Json(PipelineRun.Of([.. traffic.Views.Chunk(700).Select(chunk => TestBatches.Of("p", chunk))]));
        Assert.Contains("\"platform\"", expected, StringComparison.Ordinal);

        var changes = new List<IncidentChange>();
        var pipeline = new DetectionPipeline(new PipelineOptions());
        pipeline.Changes.Subscribe(changes.Add);
        foreach (var batch in batches)
        {
            var state = pipeline.Save();
            pipeline.Dispose();
            pipeline = new DetectionPipeline(new PipelineOptions(), state);
            pipeline.Changes.Subscribe(changes.Add);
            pipeline.OnNext(batch);
        }

        pipeline.OnCompleted();
        pipeline.Dispose();
        Assert.Equal(expected, PipelineRun.Json(changes));
    }

    private static void AddAll(TestTraffic traffic, int properties, (string, double)[] errors)
    {
        for (var i = 0; i < properties; i++)
            traffic.Add(1, $"p{i}", errors);
    }

    private static List<Incident> Seen(IEnumerable<IncidentChange> changes) =>
        [.. PipelineRun.Final(changes).Where(incident => !incident.Inhibited)];

    private static void AssertNoTitleIsTold(IEnumerable<IncidentChange> changes) =>
        Assert.DoesNotContain(changes, change => change.Incident is { VideoId: not null, Inhibited: false });
}
