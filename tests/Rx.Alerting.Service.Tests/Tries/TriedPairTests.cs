using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tries;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Tries;

/// <summary>Two lists of incidents side by side say what became of each.</summary>
public sealed class TriedPairTests
{
    [Fact]
    public void Pairs_AreOfTheSameKeyAndTime()
    {
        Incident[] current = [Of("a", 0, 10), Of("b", 20, 30), Of("c", 50, 60)];
        Incident[] tried = [Of("a", 5, 10), Of("b", 40, 45), Of("c", 49, 55), Of("d", 5, 6)];

        var pairs = TriedPair.Of(current, tried);

        Assert.Equal(
            ["a Later", "d Added", "b Gone", "b Added", "c Earlier"],
            pairs.Select(pair => $"{pair.Any.IncidentKey} {pair.Difference}"));
        Assert.Equal(
            ["opens 5 min 0 s later", "added", "goes away", "added", "opens 1 min 0 s earlier, ends 5 min 0 s earlier"],
            pairs.Select(pair => pair.Words));
    }

    [Fact]
    public void Incident_ThatIsSplit_IsPairedOnceAndTheRestIsAdded()
    {
        var pairs = TriedPair.Of([Of("a", 0, 60)], [Of("a", 0, 10), Of("a", 20, 60)]);

        Assert.Equal([TriedDifference.Same, TriedDifference.Added], pairs.Select(pair => pair.Difference));
        Assert.Equal("ends 50 min 0 s earlier", pairs[0].Words);
    }

    [Fact]
    public void Severity_ThatChanges_IsSaid()
    {
        var warning = Of("a", 0, 10);

        var pair = Assert.Single(TriedPair.Of([warning with { Severity = IncidentSeverity.Alert }], [warning]));

        Assert.Equal("is only a warning", pair.Words);
    }

    [Fact]
    public void Incidents_OfTheTimeForLearningAndParts_AreNotCounted()
    {
        var whole = Of("whole", 20, 30);
        var part = Of("part", 21, 30) with { ParentId = whole.Id };
        Incident[] all = [Of("before", 0, 5), Of("into", 0, 15), whole, part, Of("late", 90, 95)];

        var counted = TriedIncidents.Of(all, Start.AddMinutes(10), Start.AddMinutes(60));

        Assert.Equal(["whole"], counted.Incidents.Select(incident => incident.IncidentKey));
        Assert.Equal((1, 1), (counted.Parts, counted.Before));
    }

    [Fact]
    public void Incident_ThatIsPartOfThePlatforms_IsOneOfThePropertyAllTheSame() => Assert.Single(
        TriedIncidents.Of([Of("a", 0, 5) with { ParentId = "of the platform" }], Start, Start.AddHours(1)).Incidents);

    private static DateTimeOffset Start => IncidentSamples.Sample("any").StartedAt;

    private static Incident Of(string key, int from, int to) => IncidentSamples.Sample($"{key}-{from}", IncidentStatus.Closed) with
    {
        IncidentKey = key,
        StartedAt = Start.AddMinutes(from),
        ResolvedAt = Start.AddMinutes(to),
    };
}
