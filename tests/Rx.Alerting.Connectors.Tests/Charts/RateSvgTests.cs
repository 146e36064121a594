using System.Xml.Linq;
using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Connectors.Tests.Charts;

public sealed class RateSvgTests
{
    private static readonly DateTimeOffset Start = IncidentSamples.Start;

    [Fact]
    public void Draw_Incident_HasItsCourseThresholdWindowAndMarks()
    {
        var picture = Draw(Course(20) with
        {
            Trail =
            [
                new(Start, IncidentTransition.Opened),
                new(Start.AddMinutes(5), IncidentTransition.Updated, IncidentReason.SeverityRaised),
                new(Start.AddMinutes(9), IncidentTransition.Updated, IncidentReason.Acknowledged, "ann"),
            ],
        });

        foreach (var css in (string[])["normal", "window", "rate", "area", "limit", "grid"])
            Assert.Contains(picture.Elements(), element => (string?)element.Attribute("class") == css);
        var labels = picture.Elements("text")
            .Where(text => ((string)text.Attribute("class")!).StartsWith("label ", StringComparison.Ordinal));
        Assert.Equal(["opened", "alert", "acknowledged"], labels.Select(label => label.Value));
    }

    [Fact]
    public void Draw_Picture_HasNoStyleAndStaysInItsBounds()
    {
        var picture = Draw(Course(2_000));

        Assert.DoesNotContain(picture.DescendantsAndSelf().Attributes(), attribute => attribute.Name == "style");
        foreach (var x in picture.Elements("line").Select(line => (double)line.Attribute("x1")!))
            Assert.InRange(x, 0, 600);
        Assert.InRange(picture.ToString().Length, 500, 40_000);
    }

    [Theory]
    [InlineData("UTC", "22:15")]
    [InlineData("Asia/Kolkata", "03:45")]
    public void Draw_Axis_HasRoundTimesOfTheZone(string zone, string expected)
    {
        var picture = Draw(Course(20), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Contains(picture.Elements("text"), text => text.Value == expected);
    }

    [Fact]
    public void Draw_WithoutAView_IsNothing()
    {
        var incident = Course(0);

        Assert.Null(RateSvg.Draw(incident, TimeZoneInfo.Utc, 600, 200));
        Assert.Null(RateSvg.Spark(incident, 80, 20));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(7)]
    public void Draw_OddThreshold_IsStillAPicture(double threshold)
    {
        var drawn = Draw(Course(1) with { Threshold = threshold }).ToString();

        Assert.DoesNotContain("NaN", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", drawn, StringComparison.Ordinal);
    }

    private static XElement Draw(Incident incident, TimeZoneInfo? zone = null) =>
        XElement.Parse($"<svg>{RateSvg.Draw(incident, zone ?? TimeZoneInfo.Utc, 600, 200)}</svg>");

    private static Incident Course(int minutes) => IncidentSamples.Sample("a") with
    {
        WindowStartedAt = Start.AddMinutes(-3),
        StartedAt = Start,
        UpdatedAt = Start.AddMinutes(minutes),
        Timeline = [.. Enumerable.Range(0, minutes).Select(minute => new TimelinePoint(Start.AddMinutes(minute), 100, minute % 100))],
    };
}
