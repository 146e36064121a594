using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Scoring;
using static Rx.Alerting.Connectors.Tests.Simulation.ScoreCases;

namespace Rx.Alerting.Connectors.Tests.Simulation.Scoring;

/// <summary>Which slice was planted, and which slices the incident names.</summary>
public sealed class ExplanationTests
{
    private static readonly IncidentLabel Planted = Label(affected: 400) with
    {
        Slice = Slice("cdn=fastly", "browser=Roku"),
        SameSlices = [Slice("cdn=fastly", "operating_system=Roku OS")],
        Views = 5000,
        SliceViews = 800,
        NormalRate = 0.01,
    };

    private static readonly IncidentLabel Whole = Label(affected: 400) with { Views = 5000, SliceViews = 5000, NormalRate = 0.01 };

    [Theory]
    [InlineData("cdn=fastly browser=Roku", 1)]
    [InlineData("browser=Roku cdn=fastly", 1)]
    [InlineData("cdn=fastly operating_system=Roku OS", 1)]
    [InlineData("cdn=fastly|cdn=fastly browser=Roku", 2)]
    [InlineData("a=1|b=2|c=3|d=4|cdn=fastly browser=Roku", 5)]
    [InlineData("cdn=fastly|browser=Roku", null)]
    [InlineData("", null)]
    public void Score_Explanations_AreSearchedForThePlantedSliceAndItsEquals(string explanations, int? place)
    {
        var outcome = Outcome(Planted, ExplainedBy.Cause, explanations);

        Assert.Equal(place, outcome.Place);
    }

    [Theory]
    [InlineData("cdn=fastly", true)]
    [InlineData("operating_system=Roku OS", true)]
    [InlineData("cdn=fastly browser=Roku country=US", true)]
    [InlineData("cdn=akamai|cdn=fastly", false)]
    [InlineData("cdn=fastly country=US", false)]
    [InlineData("", false)]
    public void Score_First_IsNearIfItHoldsThePlantedSliceOrIsPartOfIt(string explanations, bool near) =>
        Assert.Equal(near, Outcome(Planted, ExplainedBy.OneOf, explanations).IsNear);

    [Theory]
    [InlineData(ExplainedBy.Cause, 1)]
    [InlineData(ExplainedBy.OneOf, 1)]
    [InlineData(ExplainedBy.None, 0)]
    [InlineData(null, 0)]
    public void Score_SlicesOfAnIncident_AreNamedOnlyIfTheyExplainIt(ExplainedBy? by, int named) =>
        Assert.Equal(named, Outcome(Planted, by, "cdn=fastly browser=Roku").Named.Count);

    [Theory]
    [InlineData("country=DE cdn=fastly|cdn=fastly browser=Roku", true)]
    [InlineData("cdn=fastly browser=Roku|country=DE", false)]
    public void Score_First_NamesAValueThatIsAlwaysWorse(string explanations, bool worse)
    {
        var outcome = Outcome(Planted with { AlwaysWorse = Slice("country=DE") }, ExplainedBy.Cause, explanations);

        Assert.Equal((true, worse), (outcome.HasAlwaysWorse, outcome.NamesAlwaysWorse));
    }

    [Fact]
    public void Score_AlwaysWorseValueThatWasPlanted_IsNamedRightly()
    {
        var label = Planted with { AlwaysWorse = Slice("operating_system=Roku OS", "browser=Roku") };

        Assert.Equal(Slice("operating_system=Roku OS"), label.AlwaysWorse.Take(1));
        Assert.False(Outcome(label, ExplainedBy.Cause, "browser=Roku").HasAlwaysWorse);
    }

    [Theory]
    [InlineData(999, 800, 0.01, 0)]
    [InlineData(1000, 800, 0.01, 1)]
    [InlineData(1000, 800, 0.125, 1)]
    [InlineData(1000, 800, 0.126, 0)]
    [InlineData(1000, 800, 0, 1)]
    [InlineData(1000, 0, 0, 0)]
    public void Score_Slice_CountsWithEnoughViewsAndLift(long views, long sliceViews, double normalRate, int count)
    {
        var label = Planted with { Views = views, SliceViews = sliceViews, NormalRate = normalRate };

        Assert.Equal(count, Explained(label, ExplainedBy.None, "").First.Total);
    }

    [Fact]
    public void Score_LabelWithoutSlice_CountsWithFewViewsToo() =>
        Assert.Equal(new Part(1, 1), Explained(Whole with { Views = 20, SliceViews = 20 }, ExplainedBy.None, "cdn=fastly").NothingNamed);

    [Fact]
    public void Score_TitlesAndMissedLabels_DoNotCount()
    {
        var title = Whole with { Kind = IncidentScope.Title, VideoId = "v" };
        var missed = Planted with { PropertyId = "2" };

        var score = Score([title, missed], [Incident(5) with { VideoId = "v", ExplainedBy = ExplainedBy.None }], 100).Explanations;

        Assert.All(score.Groups, group => Assert.Empty(group.Outcomes));
        Assert.True(score.Any);
    }

    [Theory]
    [InlineData(19, 20, true)]
    [InlineData(18, 20, false)]
    public void Score_PlantedSliceFirst_IsRequiredOfNearlyAll(int first, int all, bool passed)
    {
        var report = Many(Planted, all, i => i < first ? "cdn=fastly browser=Roku" : "cdn=fastly");

        Assert.Equal(passed ? [] : [$"planted slice first: {first} of {all}, 95 % required"], report.Shortcomings);
    }

    [Theory]
    [InlineData(19, 20, true)]
    [InlineData(18, 20, false)]
    public void Score_NothingNamed_IsRequiredOfNearlyAllWithoutSlice(int nothing, int all, bool passed)
    {
        var report = Many(Whole, all, i => i < nothing ? "" : "cdn=fastly");

        Assert.Equal(passed ? [] : [$"nothing named without a slice: {nothing} of {all}, 95 % required"], report.Shortcomings);
    }

    [Fact]
    public void Score_NoIncidentExplained_RequiresNothingAndSaysSo()
    {
        var report = Score([Planted], [Incident(5)], 100);

        Assert.True(report.Passed);
        Assert.Contains("not explained: no incident says explained_by.", ScoreText.Render(report));
        Assert.Matches("slice of two values +\\| +1 \\| +\\| +\\|", ScoreText.Render(report));
    }

    [Fact]
    public void Render_Explained_IsAThirdTable()
    {
        var label = Planted with { AlwaysWorse = Slice("country=DE") };
        var report = Score(
            [label, Whole with { PropertyId = "2" }],
            [Explaining(Incident(5), "country=DE|cdn=fastly browser=Roku"), Explaining(Incident(5, "b") with { PropertyId = "2" }, "")],
            100);

        var text = ScoreText.Render(report, verbose: true);

        const string Columns = " +\\| +1 \\| +0.0 % \\| +100.0 % \\| +100.0 % \\| +0.0 % \\| +0.0 % \\| +100.0 %\n";
        Assert.Matches("\nno slice +\\| +1 \\| +\\| +\\| +\\| +\\| +100.0 % \\| *\n", text);
        Assert.Matches("\nslice of two values" + Columns, text);
        Assert.Matches("\nany slice, another value is always worse" + Columns, text);
        Assert.Contains("\nnot cdn=fastly and browser=Roku, but country=DE or cdn=fastly and browser=Roku  l whole property", text);
        Assert.DoesNotContain("not explained", text);
        Assert.DoesNotContain(", but country=DE", ScoreText.Render(report));
    }

    private static ScoreReport Many(IncidentLabel label, int count, Func<int, string> explanations) => Score(
        [.. Enumerable.Range(0, count).Select(i => label with { PropertyId = $"{i}" })],
        [.. Enumerable.Range(0, count).Select(i => Explaining(Incident(5, $"{i}") with { PropertyId = $"{i}" }, explanations(i)))],
        100);

    private static ExplanationScore Explained(IncidentLabel label, ExplainedBy? by, string explanations) =>
        Score([label], [Incident(5) with { ExplainedBy = by, Explanations = Named(explanations) }], 100).Explanations;

    private static ExplanationOutcome Outcome(IncidentLabel label, ExplainedBy? by, string explanations) =>
        Explained(label, by, explanations).Groups.Single(group => group.Name == "slice of two values").Outcomes.Single();

    private static ScoredIncident Explaining(ScoredIncident incident, string explanations) => incident with
    {
        ExplainedBy = explanations.Length == 0 ? ExplainedBy.None : ExplainedBy.Cause,
        Explanations = Named(explanations),
    };

    /// <summary>Reads slices that a bar divides. Values end before the next name.</summary>
    private static IReadOnlyList<ScoredExplanation> Named(string slices) =>
        [.. slices.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(slice => new ScoredExplanation { Dimensions = Values(slice) })];

    private static LabelDimension[] Values(string slice) => Slice(slice.Replace(" OS", "_OS").Split(' '));

    private static LabelDimension[] Slice(params string[] values) =>
        [.. values.Select(value => value.Replace("_OS", " OS").Split('=')).Select(parts => new LabelDimension(parts[0], parts[1]))];
}
