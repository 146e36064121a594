using System.Text.Json;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>What commands have done in the end, as their outcomes say.</summary>
internal static class CommandEffects
{
    public static IReadOnlyList<Incident> Incidents(CrashOutcome outcome) =>
        [.. outcome.Board.Select(json => JsonSerializer.Deserialize(json, IncidentJson.Readable.Incident)!)];

    /// <summary>
    /// Asserts that every command that is done is in a trail once, that no other command is, and that silences are as they were left.
    /// </summary>
    public static void AssertOnce(IReadOnlyList<PlannedCommand> plan, CrashOutcome outcome)
    {
        var incidents = Incidents(outcome);
        var lines = incidents.SelectMany(incident => incident.Trail).ToLookup(line => line.Note);
        var done = plan.SelectMany(planned => planned.Commands)
            .Where(command => outcome.Outcomes.GetValueOrDefault(command.Id)?.Status == CommandStatus.Done)
            .ToList();
        foreach (var command in plan.SelectMany(planned => planned.Commands))
        {
            Assert.All(lines[command.Id], line => Assert.Equal(command.By, line.By));
            if (!done.Contains(command))
                Assert.Empty(lines[command.Id]);
            else if (command is AcknowledgeCommand or CloseCommand)
                Assert.Single(lines[command.Id]);
        }

        var acknowledging = done.OfType<AcknowledgeCommand>().Select(command => (command.IncidentId, command.Id)).ToHashSet();
        foreach (var incident in incidents.Where(incident => incident.Acknowledgement is not null))
            Assert.Contains((incident.Id, incident.Acknowledgement!.Note!), acknowledging);
        var ended = done.OfType<ExpireSilenceCommand>().Select(command => command.SilenceId)
            .Concat(done.OfType<EndMaintenanceCommand>().Select(command => command.MaintenanceId))
            .ToHashSet();
        Assert.Empty(outcome.Silences.Intersect(ended));
        Assert.Subset(
            outcome.Silences.ToHashSet(), done.OfType<MaintenanceCommand>().Select(command => command.Id).Except(ended).ToHashSet());
    }
}
