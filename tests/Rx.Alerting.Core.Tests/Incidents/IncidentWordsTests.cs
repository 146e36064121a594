using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Incidents;

public sealed class IncidentWordsTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("a😀b", 3, "a…")]
    [InlineData("a😀bc", 4, "a😀…")]
    public void Cut_Text_FitsAndKeepsCharactersWhole(string text, int maximum, string cut) =>
        Assert.Equal(cut, IncidentWords.Cut(text, maximum));

    [Fact]
    public void Printable_Commands_AreReplaced() =>
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd", IncidentWords.Printable("a\u001bb\u202Ec\u2066d"));

    [Fact]
    public void Headline_OfATitle_SaysWhatIsWrong()
    {
        var incident = IncidentSamples.Sample("a") with { VideoTitle = "Enlace\n", ErrorDescription = "lost\u0007" };
        Assert.Equal("“Enlace\uFFFD” of property: 86.0 %, lost\uFFFD", IncidentWords.Headline(incident));
    }

    [Fact]
    public void RateAndAffected_OfAnIncident_AreNumbersForPeople()
    {
        var incident = IncidentSamples.Sample("a", affected: 1234) with
        {
            MeasuredValue = 0.085,
            Threshold = 0.021,
            AffectedViewsPerHour = 560.4,
        };
        Assert.Equal(
            ("8.50 %, unusual from 2.10 %", "1,234 views, 560 an hour"), (IncidentWords.Rate(incident), IncidentWords.Affected(incident)));
    }
}
