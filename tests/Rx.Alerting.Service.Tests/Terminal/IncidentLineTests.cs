using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;
using Rx.Alerting.Testing.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Tests.Terminal;

public sealed class IncidentLineTests
{
    [Theory]
    [InlineData(IncidentTransition.Opened, "11-14 22:14:20 ▲ opened   warning property: 86.0 % The network was lost (10 views)")]
    [InlineData(IncidentTransition.Updated, "11-14 22:14:20 ● updated  warning property: 86.0 % The network was lost (10 views)")]
    [InlineData(
        IncidentTransition.Closed, "11-14 22:14:20 ✔ closed   warning property: 86.0 % The network was lost (10 views, 1 min 0 s)")]
    [InlineData(
        IncidentTransition.Expired, "11-14 22:14:20 ⌛ expired  warning property: 86.0 % The network was lost (10 views, 1 min 0 s)")]
    public void Markup_OffTerminal_IsOnePlainLine(IncidentTransition transition, string expected) =>
        Assert.Equal(expected, Shown(new IncidentChange(transition, IncidentSamples.Sample("a"))));

    [Fact]
    public void Markup_TextOfTheStream_IsNotTakenForMarkup()
    {
        var incident = IncidentSamples.Sample("a") with { VideoTitle = "[red]Title[/]", ErrorDescription = "[[" };

        Assert.Contains(
            "“[red]Title[/]” of property: 86.0 % [[",
            Shown(new IncidentChange(IncidentTransition.Opened, incident)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_ControlCharactersOfTheStream_AreShownAndNotObeyed()
    {
        var incident = IncidentSamples.Sample("a") with
        {
            VideoTitle = "a\nb\u202Ec 日本語 e\u0301",
            PropertyId = "p\u001b[2J",
            ErrorDescription = "\u009b31m\tx",
        };

        var line = Shown(new IncidentChange(IncidentTransition.Opened, incident));

        Assert.DoesNotContain(line, char.IsControl);
        Assert.Contains("“a\uFFFDb\uFFFDc 日本語 e\u0301” of p\uFFFD[2J: 86.0 % \uFFFD31m\uFFFDx", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Screen_NoColorOnTerminal_ShowsNoEscapeCodes()
    {
        var output = new StringWriter();
        var host = On(output) with { OutputIsTerminal = true, Environment = new Dictionary<string, string> { ["NO_COLOR"] = "1" } };

        Screen.ForOutput(host).Console.MarkupLine("[red]plain[/]");

        Assert.Equal("plain", output.ToString().TrimEnd());
    }

    private static string Shown(IncidentChange change)
    {
        var output = new StringWriter();
        Screen.ForOutput(On(output)).Console.MarkupLine(IncidentLine.Markup(change));
        return output.ToString().TrimEnd();
    }

    private static CommandHost On(TextWriter output) => new()
    {
        Output = output,
        Error = TextWriter.Null,
        OpenOutput = () => Stream.Null,
        Environment = new Dictionary<string, string>(),
    };
}
