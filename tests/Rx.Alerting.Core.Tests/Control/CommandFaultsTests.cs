using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Tests.Control;

/// <summary>What a command lacks is told with all its faults at once, and never as an exception.</summary>
public sealed class CommandFaultsTests
{
    private static readonly SilenceCommand Silence = new("1", "ann", new("p"), "why") { Duration = TimeSpan.FromHours(1) };

    private static readonly MaintenanceCommand Maintenance =
        new("1", "ann", new("p"), "0 3 * * *", "Europe/Berlin", TimeSpan.FromHours(1), "why");

    public static TheoryData<ControlCommand, string> Faulty { get; } = new()
    {
        { new AcknowledgeCommand("", "", ""), "Id must have|By must have|IncidentId must have" },
        { new CloseCommand("1", "ann", "i", new string('x', 2001)), "Note must have at most 2000" },
        { new ExpireSilenceCommand("1", "ann", null!), "SilenceId must have" },
        { new EndMaintenanceCommand("1", "ann", ""), "MaintenanceId must have" },
        { Silence with { Matcher = new(), Comment = " " }, "Matcher must have a property|Comment must have" },
        { Silence with { Matcher = null!, Comment = null! }, "Matcher must have a property|Comment must have" },
        { Silence with { Matcher = new("", new string('x', 501)) }, "Matcher.Property must|Matcher.Title must" },
        { Silence with { Duration = null }, "either EndsAt or Duration" },
        { Silence with { EndsAt = ControlRig.At(5) }, "either EndsAt or Duration" },
        { Silence with { Duration = TimeSpan.Zero }, "Duration must be longer than 0s|must end after" },
        { Silence with { Duration = TimeSpan.MaxValue }, "not longer than 365d" },
        { Silence with { Duration = null, EndsAt = ControlRig.At(0) }, "must end after" },
        { Silence with { Duration = null, EndsAt = ControlRig.At(366 * 1440) }, "EndsAt must be within 365d" },
        { Silence with { Duration = null, EndsAt = DateTimeOffset.MaxValue }, "EndsAt must be within 365d" },
        { Silence with { StartsAt = ControlRig.At(-60) }, "must end after" },
        { Silence with { StartsAt = DateTimeOffset.MaxValue }, "StartsAt must be within 365d" },
        { Maintenance with { Cron = "every night", TimeZone = "Mars/Base" }, "Cron must be minute|TimeZone must be" },
        { Maintenance with { Cron = null!, TimeZone = null! }, "Cron must be minute|TimeZone must be" },
        { Maintenance with { Duration = TimeSpan.Zero }, "Duration must be from 1m to 365d" },
        { Maintenance with { Cron = "0 3 30 2 *" }, "there is no window to come" },
        { Maintenance with { Until = ControlRig.At(-1) }, "there is no window to come" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Execute_FaultyCommand_IsRefusedWithEveryFault(ControlCommand command, string expected)
    {
        using var rig = new ControlRig();

        var outcome = rig.Execute(command);

        Assert.Equal(CommandStatus.Refused, outcome.Status);
        var faults = outcome.Reason!.Split("; ");
        Assert.Equal(expected.Split('|').Length, faults.Count(fault => expected.Split('|').Any(fault.Contains)));
        Assert.Equal(expected.Split('|').Length, faults.Length);
        Assert.Equal(command.Id.Length > 0, rig.Outcomes.Count == 1);
    }

    [Fact]
    public void Execute_BeforeTheFirstView_NeedsTimesThatSayThemselves()
    {
        using var rig = new ControlRig(minute: null);

        Assert.Contains("StartsAt must be given", rig.Execute(Silence).Reason, StringComparison.Ordinal);
        Assert.Contains("before the first view", rig.Execute(Maintenance with { Id = "2" }).Reason, StringComparison.Ordinal);
        var outcome = rig.Execute(Silence with { Id = "3", StartsAt = ControlRig.At(0) });
        Assert.Equal((CommandStatus.Done, null, null), (outcome.Status, outcome.Reason, outcome.At));

        rig.Advance(1);
        rig.Open("i");
        Assert.Equal(["1 i Opened [3]"], rig.Lines);
    }
}
