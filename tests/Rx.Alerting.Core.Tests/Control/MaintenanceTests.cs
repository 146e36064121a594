using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Tests.Control;

/// <summary>Windows that come again. The rig begins on 14 November 2023 at 22:13:20 UTC, so the next full hour is at minute 46.7.</summary>
public sealed class MaintenanceTests : IDisposable
{
    private readonly ControlRig rig = new(new ControlOptions { EndsSoon = TimeSpan.FromMinutes(5) });

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Windows_EveryHour_SilenceAndEndAgainAndAgain()
    {
        rig.Open("i");
        Maintain("0 * * * *", 10);
        rig.Advance(110);

        Assert.Equal(
            [
                "47 i Updated/Silenced [m] ann", "52 i Updated/SilenceEndsSoon [m]", "57 i Updated/SilenceEnded []",
                "107 i Updated/Silenced [m] ann",
            ],
            rig.Lines.Skip(1));
    }

    [Fact]
    public void Window_ThatHasBegunBeforeTheCommand_IsInForceAtOnce()
    {
        rig.Open("i");
        Maintain("0 * * * *", 20);

        Assert.Equal(["0 i Updated/Silenced [m] ann", "2 i Updated/SilenceEndsSoon [m]"], After(2, rig).Skip(1));
    }

    [Fact]
    public void Windows_ThatOverlap_AreOneSilenceWithoutEnd()
    {
        rig.Open("i");
        Maintain("*/10 * * * *", 15);

        Assert.Equal(["0 i Updated/Silenced [m] ann"], After(1000, rig).Skip(1));
    }

    [Fact]
    public void Windows_UntilATime_EndAfterwards()
    {
        rig.Open("i");
        Maintain("0 * * * *", 20, ControlRig.At(110));

        Assert.Equal("127 i Updated/SilenceEnded []", After(1000, rig)[^1]);
        Assert.Equal(CommandStatus.Refused, rig.Execute(new EndMaintenanceCommand("e", "bob", "m")).Status);
    }

    [Fact]
    public void End_InTheMiddleOfAWindow_EndsTheWindowAndAllToCome()
    {
        rig.Open("i");
        Maintain("0 * * * *", 20);
        rig.Advance(50);

        Assert.Equal(CommandStatus.Refused, rig.Execute(new ExpireSilenceCommand("x", "bob", "m")).Status);
        Assert.Equal(CommandStatus.Done, rig.Execute(new EndMaintenanceCommand("e", "bob", "m")).Status);

        Assert.Equal("50 i Updated/SilenceEnded [] bob", After(1000, rig)[^1]);
    }

    private static IReadOnlyList<string> After(double minute, ControlRig rig)
    {
        rig.Advance(minute);
        return rig.Lines;
    }

    private void Maintain(string cron, int minutes, DateTimeOffset? until = null)
    {
        var command = new MaintenanceCommand("m", "ann", new("p"), cron, "UTC", TimeSpan.FromMinutes(minutes), "Weekly") { Until = until };
        Assert.Equal(CommandStatus.Done, rig.Execute(command).Status);
    }
}
