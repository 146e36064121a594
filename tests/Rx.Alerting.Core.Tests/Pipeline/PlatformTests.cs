using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Many properties fail: which are part of the platform's incident, how severe it is, and how it re-opens.</summary>
public sealed class PlatformTests
{
    private static readonly (string, double)[] Ordinary = [("a", 0.01)];
    private static readonly (string, double)[] Broken = [("a", 0.9)];

    /// <summary>Two break before, five together, and two a while later.</summary>
    [Fact]
    public void PropertiesThatFailOneAfterAnother_AreAllPartOfThePlatform()
    {
        int[] minutes = [0, 20, 40, 40, 40, 40, 40, 60, 85];

        var changes = PipelineRun.Of(Merged(minutes.Length, (i, traffic) =>
            traffic.Add(8 * minutes[i], $"p{i}", Ordinary).Add(8 * (180 - minutes[i]), $"p{i}", Broken)));

        var platform = Assert.Single(PipelineRun.Final(changes).Where(incident => !incident.Inhibited));
        Assert.Equal((IncidentLevel.Platform, minutes.Length), (platform.Level, platform.AffectedProperties));
        var properties = PipelineRun.Final(changes).Where(incident => incident.Level == IncidentLevel.Property).ToList();
        Assert.Equal(minutes.Length, properties.Count);
        Assert.All(properties, property => Assert.Equal(platform.Id, property.ParentId));
    }

    /// <summary>A failure of an hour before is another one.</summary>
    [Fact]
    public void PropertyThatFailedLongBefore_StaysAlone()
    {
        int[] minutes = [0, 70, 70, 70, 70, 70];

        var changes = PipelineRun.Of(Merged(minutes.Length, (i, traffic) =>
            traffic.Add(8 * minutes[i], $"p{i}", Ordinary).Add(8 * (120 - minutes[i]), $"p{i}", Broken)));

        var seen = PipelineRun.Final(changes).Where(incident => !incident.Inhibited).ToList();
        Assert.Equal([IncidentLevel.Property, IncidentLevel.Platform], seen.Select(incident => incident.Level));
        Assert.Equal(("p0", 5), (seen[0].PropertyId, seen[1].AffectedProperties));
    }

    [Fact]
    public void PlatformThatBreaksAgain_ReopensUnderItsId()
    {
        var changes = PipelineRun.Of(Merged(8, (i, traffic) =>
        {
            for (var times = 0; times < 4; times++)
                traffic.Add(120, $"p{i}", Broken).Add(200, $"p{i}", Ordinary);
            traffic.Add(2000, $"p{i}", Ordinary);
        }));

        var told = changes.Where(change => change.Incident.Level == IncidentLevel.Platform).ToList();
        Assert.Single(told.Select(change => change.Incident.Id).Distinct());
        Assert.Equal(IncidentTransition.Opened, told[0].Transition);
        var reopened = told.Where(change => change.Transition == IncidentTransition.Reopened).ToList();
        Assert.Equal(Enumerable.Range(1, reopened.Count), reopened.Select(change => change.Incident.Reopenings));
        Assert.True(reopened.Count > 0, "it never closed");
        Assert.Equal((IncidentStatus.Closed, 8), (told[^1].Incident.Status, told[^1].Incident.AffectedProperties));
        Assert.Equal(told.Select(change => change.Incident.AffectedViews).Order(), told.Select(change => change.Incident.AffectedViews));
    }

    /// <summary>Each property has some dozens of affected views: a warning.</summary>
    [Fact]
    public void ManySmallPropertiesThatFail_AreAnAlert()
    {
        var changes = PipelineRun.Of(Merged(20, (i, traffic) => traffic.Add(40, $"p{i}", Broken).Add(500, $"p{i}", Ordinary)));

        Assert.All(
            changes.Where(change => change.Incident.Level == IncidentLevel.Property),
            change => Assert.Equal(IncidentSeverity.Warning, change.Incident.Severity));
        var platform = changes.Where(change => change.Incident.Level == IncidentLevel.Platform).ToList();
        Assert.Contains(platform, change => change.Incident.Severity == IncidentSeverity.Alert);
        Assert.Equal(IncidentStatus.Closed, platform[^1].Incident.Status);
    }

    /// <summary>Properties with eight views a minute, and what happens to them after a long time without.</summary>
    private static IReadOnlyList<TestView> Merged(int properties, Action<int, TestTraffic> add) =>
        TestTraffic.Merge([.. Enumerable.Range(0, properties).Select(i =>
        {
            var traffic = new TestTraffic((ulong)(100 + i)) { Step = 7500 }.Pause(TimeSpan.FromMilliseconds(150 * i))
                .Add(3000, $"p{i}", Ordinary);
            add(i, traffic);
            return traffic;
        })]);
}
