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
        { new AcknowledgeCommand("", "", ""), "id must have|by must have|incident_id must have" },
        { new CloseCommand("1", "ann", "i", new string('x', 2001)), "note must have at most 2000" },
        { new ExpireSilenceCommand("1", "ann", null!), "silence_id must have" },
        { new EndMaintenanceCommand("1", "ann", ""), "maintenance_id must have" },
        { Silence with { Matcher = new(), Comment = " " }, "property or title or error_type must be given|comment must have" },
        { Silence with { Matcher = null!, Comment = null! }, "property or title or error_type must be given|comment must have" },
        { Silence with { Matcher = new("", new string('x', 501)) }, "property must|title must" },
        { Silence with { Duration = null }, "duration or ends_at must be given, and not both" },
        { Silence with { EndsAt = ControlRig.At(5) }, "duration or ends_at must be given, and not both" },
        { Silence with { Duration = TimeSpan.Zero }, "duration must be longer than 0s" },
        { Silence with { Duration = TimeSpan.MaxValue }, "not longer than 365d" },
        { Silence with { Duration = null, EndsAt = ControlRig.At(0) }, "ends_at must be after the event time" },
        { Silence with { Duration = null, EndsAt = ControlRig.At(366 * 1440) }, "ends_at must be within 365d" },
        { Silence with { Duration = null, EndsAt = DateTimeOffset.MaxValue }, "ends_at must be within 365d" },
        { Silence with { Duration = null, StartsAt = ControlRig.At(9), EndsAt = ControlRig.At(9) }, "ends_at must be after starts_at" },
        { Silence with { StartsAt = ControlRig.At(-60) }, "starts_at must be later, or the silence longer" },
        { Silence with { StartsAt = DateTimeOffset.MaxValue }, "starts_at must be within 365d" },
        { Maintenance with { Cron = "every night", TimeZone = "Mars/Base" }, "cron must be minute|time_zone must be" },
        { Maintenance with { Cron = null!, TimeZone = null! }, "cron must be minute|time_zone must be" },
        { Maintenance with { Duration = TimeSpan.Zero }, "duration must be from 1m to 365d" },
        { Maintenance with { Cron = "0 3 30 2 *" }, "cron must name a day that comes" },
        { Maintenance with { Until = ControlRig.At(-1) }, "until must be later: there is no window to come" },
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

        Assert.Contains("starts_at must be given", rig.Execute(Silence).Reason, StringComparison.Ordinal);
        Assert.Contains("before the first view", rig.Execute(Maintenance with { Id = "2" }).Reason, StringComparison.Ordinal);
        var outcome = rig.Execute(Silence with { Id = "3", StartsAt = ControlRig.At(0) });
        Assert.Equal((CommandStatus.Done, null, null), (outcome.Status, outcome.Reason, outcome.At));

        rig.Advance(1);
        rig.Open("i");
        Assert.Equal(["1 i Opened [3]"], rig.Lines);
    }
}
