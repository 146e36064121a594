using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Scoring;

namespace Rx.Alerting.Connectors.Tests.Simulation;

public sealed class ScoreFilesTests
{
    private const string Label =
        """{"id":"l","kind":"property","shape":"step","property_id":"1","error_type":"2001", "started_at":"2026-01-07T12:00:00Z", """
        + """ "ended_at":"2026-01-07T14:00:00Z","affected_views":300,"affected_at":[1767787200000]}""";

    [Fact]
    public void Score_SeveralStatesOfAnIncident_TakesTheLast()
    {
        using var directory = new TemporaryDirectory();
        var report = Score(
            directory,
            Incident("a", "12:01", resolvedAt: "null", """ "status":"open","breakdowns":[{"name":"cdn"}] """) + "\n"
            + Incident("b", "11:00", resolvedAt: "null", """ "status":"open" """) + "\n\n"
            + Incident("b", "11:00", resolvedAt: """ "2026-01-07T11:30:00Z" """, """ "status":"closed" """));

        Assert.Equal(2, report.Incidents);
        Assert.Equal(1, report.Properties.Found);
        Assert.Equal("b", Assert.Single(report.FalseAlarms).Id);
    }

    [Fact]
    public void Read_LinesOfAnIncident_AreItsChanges()
    {
        using var directory = new TemporaryDirectory();
        var incidents = Score(
            directory,
            Incident("a", "12:01", resolvedAt: "null", """ "parent_id":null,"inhibited":false """) + "\n"
            + Incident("b", "12:02", resolvedAt: "null", """ "status":"open" """) + "\n"
            + Incident("a", "12:01", resolvedAt: "null", """ "parent_id":"b","inhibited":true """)).Traffic[0].Traffic.Incidents;

        Assert.Equal([("a", "b", true, 2), ("b", null, false, 1)], incidents.Select(i => (i.Id, i.ParentId, i.Inhibited, i.Changes)));
    }

    [Fact]
    public void Read_Explanations_AreThoseOfTheLastLineThatIsExplained()
    {
        const string Fastly = """ "explanations":[{"dimensions":[{"name":"cdn","value":"fastly"}],"share":0.9,"lift":6.1}] """;
        using var directory = new TemporaryDirectory();
        var incident = Assert.Single(Score(
            directory,
            Incident("a", "12:01", "null", """ "explained_by":"none","explanations":[] """) + "\n"
            + Incident("a", "12:01", "null", $$""" "explained_by":"one_of",{{Fastly}} """) + "\n"
            + Incident("a", "12:01", "null", """ "explained_by":null,"explanations":null """)).Traffic[0].Traffic.Incidents);

        Assert.Equal((ExplainedBy.OneOf, 3), (incident.ExplainedBy, incident.Changes));
        Assert.Equal([new LabelDimension("cdn", "fastly")], Assert.Single(incident.Explanations).Dimensions);
    }

    [Fact]
    public void Score_NoOptionsFile_TakesPropertyDaysFromTheTimesSpokenOf()
    {
        using var directory = new TemporaryDirectory();
        var report = Score(directory, """{"id":"a","property_id":"2","error_type":"2001","started_at":"2026-01-08T12:00:00Z"}""");

        Assert.Equal(2.0, report.PropertyDays, 6);
    }

    [Fact]
    public void Score_OptionsFileBesideTheLabels_GivesPropertyDays()
    {
        using var directory = new TemporaryDirectory();
        Traffic.Write(Traffic.Small, directory);
        File.WriteAllText(directory["incidents.jsonl"], "");

        var report = Scorer.Score([ScoreFiles.Read(directory["labels.jsonl"], directory["incidents.jsonl"])]);

        Assert.Equal(42, report.PropertyDays);
        Assert.Equal(Traffic.Small.Start.AddDays(7), report.Traffic[0].Traffic.EndedAt);
        Assert.Equal(report.Properties.Labels + report.Titles.Labels, report.Misses.Count());
        Assert.False(report.Passed);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"id":"a","error_type":"1","started_at":"2026-01-08T12:00:00Z","explained_by":"perhaps"}""")]
    [InlineData("""{"id":"a","error_type":"1","started_at":"2026-01-08T12:00:00Z","explanations":[{"share":1}]}""")]
    [InlineData("""{"id":"a","error_type":"1","started_at":"2026-01-08T12:00:00Z","explanations":[{"dimensions":null}]}""")]
    public void Score_BrokenLine_NamesFileAndLine(string line)
    {
        using var directory = new TemporaryDirectory();

        var fault = Assert.Throws<InvalidDataException>(() => Score(directory, "\n" + line));

        Assert.StartsWith($"{directory["incidents.jsonl"]}, line 2: ", fault.Message);
    }

    private static string Incident(string id, string startedAt, string resolvedAt, string more) =>
        $$"""{"id":"{{id}}","property_id":"1","video_id":null,"error_type":"2001","started_at":"2026-01-07T{{startedAt}}:00Z", """
        + $$""" "resolved_at":{{resolvedAt}},{{more}} }""";

    private static ScoreReport Score(TemporaryDirectory directory, string incidents)
    {
        File.WriteAllText(directory["labels.jsonl"], Label);
        File.WriteAllText(directory["incidents.jsonl"], incidents);
        return Scorer.Score([ScoreFiles.Read(directory["labels.jsonl"], directory["incidents.jsonl"])]);
    }
}
