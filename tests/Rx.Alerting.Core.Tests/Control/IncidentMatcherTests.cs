using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Control;

public sealed class IncidentMatcherTests
{
    private static readonly Incident Title = IncidentSamples.Sample("t") with
    {
        PropertyId = "sports",
        VideoId = "v-17",
        VideoTitle = "Frozen Corazón",
        ErrorType = "network",
    };

    private static readonly Incident Property = Title with { VideoId = null, VideoTitle = null };

    private static readonly Incident Platform = Property with { PropertyId = null };

    public static TheoryData<IncidentMatcher, string> Cases { get; } = new()
    {
        { new("sports"), "title property" },
        { new("sport?"), "title property" },
        { new("news"), "" },
        { new("*"), "title property platform" },
        { new(Title: "v-17"), "title" },
        { new(Title: "Frozen*"), "title" },
        { new(Title: "*"), "title property platform" },
        { new(Title: "?*"), "title" },
        { new(ErrorType: "net*"), "title property platform" },
        { new("sports", "v-17", "other"), "" },
        { new("sports", "v-*", "network"), "title" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_OfIncidentsOfEachLevel_IsAsExpected(IncidentMatcher matcher, string expected)
    {
        var matched = new[] { ("title", Title), ("property", Property), ("platform", Platform) }
            .Where(incident => matcher.Matches(incident.Item2)).Select(incident => incident.Item1);

        Assert.Equal(expected, string.Join(' ', matched));
    }

    /// <summary>The index must find what a look at each silence finds.</summary>
    [Fact]
    public void Find_OfAnIndexWithAllMatchers_FindsWhatEachMatcherSays()
    {
        var index = new SilenceIndex();
        var silences = Cases.Select((test, i) => new Silence(i, $"{i}", "a", "c", test.Data.Item1, null) { StartsAt = 0, EndsAt = 1 });
        var all = silences.ToList();
        all.AsEnumerable().Reverse().ToList().ForEach(index.Add);
        index.Remove(all[0]);

        foreach (var incident in new[] { Title, Property, Platform })
            Assert.Equal(all.Skip(1).Where(silence => silence.Matcher.Matches(incident)), index.Find(incident));
    }
}
