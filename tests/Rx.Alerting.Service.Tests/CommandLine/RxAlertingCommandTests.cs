using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Tests.CommandLine;

public sealed class RxAlertingCommandTests
{
    [Fact]
    public async Task NoArguments_ShowsHelpAsMisuse()
    {
        var run = await CommandRun.OfAsync();

        run.Expect(ExitCode.Misused);
        Assert.Contains("Usage:", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Help_OfEveryCommand_ListsItsOptionsAndShowsExamples()
    {
        var root = await CommandRun.OfAsync("--help");
        root.Expect(ExitCode.Success);
        var commands = root.Output.Split("Commands:")[1].Split("Examples:")[0]
            .Split('\n')
            .Where(line => line.Length > 2 && line[2] != ' ')
            .Select(line => line.Trim().Split(' ')[0])
            .ToArray();
        Assert.Equal(
            [
                "run", "health", "replay", "explain", "simulate", "score", "control", "notify", "checkpoint", "token", "options",
                "incidents", "silences", "maintenance-windows", "pipelines", "notifications", "properties", "titles",
            ],
            commands);

        foreach (var command in commands)
        {
            var help = await CommandRun.OfAsync(command, "--help");
            help.Expect(ExitCode.Success);
            Assert.Contains($"rx-alerting {command}", help.Output.Split("Options:")[1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("options", "--bogus")]
    [InlineData("options", "surplus")]
    [InlineData("options", "--set")]
    [InlineData("options", "--lateness", "soon")]
    public async Task Usage_Wrong_ExitsWith2AndPointsToHelp(params string[] arguments)
    {
        var run = await CommandRun.OfAsync(arguments);

        run.Expect(ExitCode.Misused);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task Version_IsTold() => (await CommandRun.OfAsync("--version")).Expect(ExitCode.Success);

    [Fact]
    public async Task Debug_OnFailure_ShowsWhereItComesFrom()
    {
        var run = await CommandRun.OfAsync("replay", "/no/such/file", "--debug");

        run.Expect(ExitCode.Failed);
        Assert.Contains("   at ", run.Error, StringComparison.Ordinal);
    }
}
