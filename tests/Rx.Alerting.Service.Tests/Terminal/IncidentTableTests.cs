using Rx.Alerting.Service.Terminal;
using Rx.Alerting.Testing.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Tests.Terminal;

public sealed class IncidentTableTests
{
    private const string Title = "A title of so many words that it takes more than one line of a terminal";

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(200)]
    public void Of_AnyWidth_WrapsTitlesAlone(int width)
    {
        var lines = Shown(width);

        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        var row = Assert.Single(lines, line => line.Contains("11-14 22:13", StringComparison.Ordinal));
        Assert.Contains("warning", row, StringComparison.Ordinal);
        Assert.Contains("86.0 %", row, StringComparison.Ordinal);
        Assert.Contains("open", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EightyColumns_LeavesRoomForTheWordsOfATitle() =>
        Assert.Contains("terminal", string.Join('\n', Shown(80)), StringComparison.Ordinal);

    [Fact]
    public void Of_Narrow_LeavesTheLeastOut()
    {
        Assert.Contains("threshold", Shown(120)[1], StringComparison.Ordinal);
        Assert.DoesNotContain("threshold", Shown(119)[1], StringComparison.Ordinal);
    }

    private static string[] Shown(int width)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        console.Write(IncidentTable.Of([IncidentSamples.Sample("a") with { VideoTitle = Title, ErrorType = "2104" }], width));
        return [.. output.ToString().Split('\n').Select(line => line.TrimEnd())];
    }
}
