using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Incidents;

/// <summary>What people can ask for after a restart: the latest state of every incident, as part of the checkpoint.</summary>
/// <param name="maximum">Incidents to keep.</param>
/// <param name="keeps">False: nobody will ask, nothing is kept.</param>
internal sealed class HistoryState(int maximum, bool keeps) : IOperatorState
{
    private readonly IncidentHistory history = new(maximum);
    private readonly ChangeLog<string> log = new(keeps);

    public static StateLayout Layout { get; } = new(5, $"history: {IncidentEncoding.Layout}")
    {
        Upgrades =
        [
            new(Version1, entries => entries.Select(entry => entry with { Fields = UpgradeJson(entry.Fields) })),
            StateUpgrade.OfEach(Version2, EarlierIncident.Upgrade),
            StateUpgrade.OfEach(Version3, EarlierIncident.UpgradeUnexplained),
            StateUpgrade.OfEach(Version4, EarlierIncident.UpgradeUnrated),
        ],
    };

    private static StateLayout Version4 => new(4, $"history: {EarlierIncident.UnratedLayout}");

    private static StateLayout Version3 => new(3, $"history: {EarlierIncident.UnexplainedLayout}");

    private static StateLayout Version2 => new(2, $"history: {EarlierIncident.Layout}");

    /// <summary>The incident was JSON.</summary>
    private static StateLayout Version1 => new(1, "history: incident bytes");

    StateLayout IOperatorState.Layout => Layout;

    public IReadOnlyCollection<Incident> All => history.All;

    public void Apply(IncidentChange change)
    {
        if (!keeps)
            return;
        log.Changed(change.Incident.Id);
        foreach (var gone in history.Apply(change.Incident))
            log.Removed(gone);
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        if (everything)
        {
            foreach (var incident in history.All)
                Write(incident.Id);
        }
        else
        {
            log.Take(Write, id => changes.Remove(KeyOf(id)));
        }

        void Write(string id) =>
            IncidentEncoding.Write(changes.Begin(KeyOf(id)), history.Find(id)!);
    }

    public void Load(StateKey key, StateReader reader)
    {
        var incident = IncidentEncoding.Read(reader);
        log.Loaded(incident.Id);
        foreach (var gone in history.Apply(incident))
            log.Removed(gone);
    }

    private static JsonObject UpgradeJson(JsonObject entry) =>
        JsonIncident.Parse(entry["incident"]!.GetValue<string>(), JsonIncident.Upgrade);

    private static StateKey KeyOf(string id) => new(StateSections.History, ContentHash.Of(id), 0);
}
