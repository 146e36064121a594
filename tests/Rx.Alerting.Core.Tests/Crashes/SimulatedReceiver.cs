using System.Text.Json;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// Who is behind a channel. Keeps every effect that was delivered once, by its identity. An effect that is delivered again must be the
/// same, byte for byte.
/// </summary>
internal sealed class SimulatedReceiver
{
    private readonly SortedDictionary<string, (IncidentChange Change, string Json)> received = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, CommandOutcome> outcomes = new(StringComparer.Ordinal);

    private readonly HashSet<string> faults = new(StringComparer.Ordinal);

    /// <summary>What was delivered, as JSON, in the order of incidents and event times.</summary>
    public IReadOnlyList<string> Received => [.. received.Values.Select(effect => effect.Json)];

    /// <summary>The states of incidents in what was delivered, as JSON.</summary>
    public HashSet<string> States =>
        [.. received.Values.Select(effect => JsonSerializer.Serialize(effect.Change.Incident, IncidentJson.Readable.Incident))];

    /// <summary>All lines of the trails of all incidents, as of their latest states.</summary>
    public IEnumerable<TrailEntry> Trails => received.Values
        .GroupBy(effect => effect.Change.Incident.Id)
        .SelectMany(changes => changes.MaxBy(effect => effect.Change.Incident.Trail.Count).Change.Incident.Trail);

    public CommandOutcome OutcomeOf(string commandId) => outcomes[commandId];

    /// <summary>Asserts that each command has an outcome, and is in the trails as often as its outcome says.</summary>
    public void AssertDidOnce(IReadOnlyList<PlannedCommand> plan)
    {
        var notes = Trails.ToLookup(entry => entry.Note);
        foreach (var command in plan.Select(planned => planned.Command))
        {
            var lines = notes[command.Id].ToList();
            Assert.All(lines, line => Assert.Equal(command.By, line.By));
            if (command is AcknowledgeCommand or CloseCommand)
                Assert.Equal(outcomes[command.Id].Status == CommandStatus.Done ? 1 : 0, lines.Count);
            else if (outcomes[command.Id].Status != CommandStatus.Done)
                Assert.Empty(lines);
        }
    }

    /// <summary>Notes what should not happen. An exception would only make the courier try again.</summary>
    public void Expect(bool isSo, string fault)
    {
        if (!isSo)
            faults.Add(fault);
    }

    public void Take(Effect effect)
    {
        if (effect is OutcomeEffect { Outcome: var outcome })
            Take(outcome);
        else
            Take(((ChangeEffect)effect).Change);
    }

    public void Take(CommandOutcome outcome)
    {
        if (!outcomes.TryAdd(outcome.CommandId, outcome))
            Expect(outcomes[outcome.CommandId] == outcome, $"The outcome of {outcome.CommandId} is delivered again, and is another one.");
    }

    public void Take(IncidentChange change)
    {
        var json = JsonSerializer.Serialize(change, IncidentJson.Readable.IncidentChange);
        var (id, transition, at) = EffectId.Of(change);
        var key = $"{id} {at:O} {transition}";
        if (!received.TryAdd(key, (change, json)))
            Expect(received[key].Json == json, $"{key} is delivered again, and is another one.");
    }

    /// <summary>
    /// Asserts that nothing was received that was not decided. What was decided was received, or is an update that a later update has
    /// replaced.
    /// </summary>
    /// <param name="decided">Has taken every change of an undisturbed run.</param>
    public void AssertComplete(SimulatedReceiver decided)
    {
        Assert.True(faults.Count == 0, string.Join(' ', faults));
        Assert.True(decided.faults.Count == 0, string.Join(' ', decided.faults));
        Assert.Equal(decided.outcomes, outcomes);
        foreach (var (key, effect) in received)
            Assert.Equal(decided.received.GetValueOrDefault(key).Json, effect.Json);
        var latestUpdates = received.Values.Where(effect => effect.Change.Transition == IncidentTransition.Updated)
            .ToLookup(effect => effect.Change.Incident.Id, effect => effect.Change.Incident.UpdatedAt);
        foreach (var (key, (change, json)) in decided.received.Where(effect => !received.ContainsKey(effect.Key)))
        {
            var hasGivenWay = change.Transition == IncidentTransition.Updated
                && latestUpdates[change.Incident.Id].Any(at => at > change.Incident.UpdatedAt);
            Assert.True(hasGivenWay, $"{key} was not delivered: {json}");
        }
    }
}
