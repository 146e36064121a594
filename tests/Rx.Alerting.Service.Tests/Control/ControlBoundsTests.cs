using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Control;

/// <summary>
/// What the command line knows to be wrong is not sent. What the service alone can tell is said by the names of the options, too.
/// </summary>
public sealed class ControlBoundsTests
{
    private const string Nowhere = "http://127.0.0.1:1";

    private static readonly string[] Windows =
        ["maintenance", "--by", "ann", "--property", "p", "--time-zone", "Mars/X", "--comment", "c", "--cron"];

    [Fact]
    public async Task Windows_ThatNeverCome_AreNotSent()
    {
        var run = await RunAsync(Nowhere, [.. Windows, "at night", "--for", "1s"]);

        run.Expect(ExitCode.Misused);
        Assert.Contains("rx-alerting: --cron must be minute, hour,", run.Error, StringComparison.Ordinal);
        Assert.Contains("rx-alerting: --for must be at least 1m", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--time-zone", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Windows_ThatTheServiceDoesNotTake_AreWrongInEveryOption()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);

        var run = await RunAsync(service.Client.BaseAddress!.ToString(), [.. Windows, "0 3 * * *", "--for", "400d"]);

        run.Expect(ExitCode.Misused);
        Assert.Contains("rx-alerting: --time-zone must be a time zone", run.Error, StringComparison.Ordinal);
        Assert.Contains("rx-alerting: --for must be from 1m to 365d", run.Error, StringComparison.Ordinal);
    }

    private static Task<CommandRun> RunAsync(string url, string[] arguments) => CommandRun.OfAsync(["control", .. arguments, "--url", url]);
}
