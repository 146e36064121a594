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

    private readonly HashSet<string> contradictions = new(StringComparer.Ordinal);

    /// <summary>What was delivered, as JSON, in the order of incidents and event times.</summary>
    public IReadOnlyList<string> Received => [.. received.Values.Select(effect => effect.Json)];

    /// <summary>The states of incidents in what was delivered, as JSON.</summary>
    public HashSet<string> States =>
        [.. received.Values.Select(effect => JsonSerializer.Serialize(effect.Change.Incident, IncidentJson.Readable.Incident))];

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
        if (!outcomes.TryAdd(outcome.CommandId, outcome) && outcomes[outcome.CommandId] != outcome)
            contradictions.Add($"The outcome of {outcome.CommandId} is delivered again, and is another one.");
    }

    public void Take(IncidentChange change)
    {
        var json = JsonSerializer.Serialize(change, IncidentJson.Readable.IncidentChange);
        var (id, transition, at) = EffectId.Of(change);
        var key = $"{id} {at:O} {transition}";
        if (!received.TryAdd(key, (change, json)) && received[key].Json != json)
            contradictions.Add($"{key} is delivered again, and is another one.");
    }

    /// <param name="mayContradict">Whether something may be decided anew at another place, so that it is another one.</param>
    public void AssertFaultless(bool mayContradict)
    {
        Assert.True(faults.Count == 0, string.Join(' ', faults));
        Assert.True(mayContradict || contradictions.Count == 0, string.Join(' ', contradictions));
    }

    /// <summary>
    /// Asserts that nothing was received that was not decided. What was decided was received, or is an update that a later update has
    /// replaced.
    /// </summary>
    /// <param name="decided">Has taken every change of an undisturbed run.</param>
    public void AssertComplete(SimulatedReceiver decided)
    {
        AssertFaultless(mayContradict: false);
        Assert.Equal(decided.outcomes, outcomes);
        foreach (var (key, effect) in received)
            Assert.Equal(decided.received.GetValueOrDefault(key).Json, effect.Json);
        var latestUpdates = received.Values.Where(effect => GivesWay(effect.Change))
            .ToLookup(effect => (effect.Change.Incident.Id, effect.Change.Transition), effect => effect.Change.Incident.UpdatedAt);
        foreach (var (key, (change, json)) in decided.received.Where(effect => !received.ContainsKey(effect.Key)))
        {
            var hasGivenWay = GivesWay(change)
                && latestUpdates[(change.Incident.Id, change.Transition)].Any(at => at > change.Incident.UpdatedAt);
            Assert.True(hasGivenWay, $"{key} was not delivered: {json}");
        }
    }

    /// <summary>Whether a later change of the same kind takes its place, if it waits.</summary>
    private static bool GivesWay(IncidentChange change) =>
        change.Transition is IncidentTransition.Updated or IncidentTransition.Refreshed;
}
