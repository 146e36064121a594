using System.Text.Json;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Testing.Effects;

/// <summary>A channel that keeps what it is given. It can be made to wait or to fail. Thread-safe.</summary>
public sealed class RecordingChannel(string name = "recording") : IChannel
{
    private readonly Lock sync = new();
    private readonly List<Effect> delivered = [];

    public string Name => name;

    /// <summary>Awaited before effects are taken.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after effects were taken.</summary>
    public Action After { get; set; } = () => { };

    /// <summary>All effects that were delivered, repetitions included, in the order in which they came.</summary>
    public IReadOnlyList<Effect> Delivered
    {
        get
        {
            lock (sync)
                return [.. delivered];
        }
    }

    /// <summary>
    /// Each change once, as JSON, by incident and event time; without the updates that a later one of the same kind follows. Those may give
    /// way to it on their way, so that they come in one run and not in another.
    /// </summary>
    public IReadOnlyList<string> Settled => [.. Delivered.OfType<ChangeEffect>()
        .DistinctBy(effect => (effect.Id, Json(effect)))
        .GroupBy(effect => effect.Change.Incident.Id)
        .OrderBy(incident => incident.Key, StringComparer.Ordinal)
        .SelectMany(Settle)
        .Select(Json)];

    public async Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        await Before(cancel);
        lock (sync)
            delivered.AddRange(effects);
        After();
        return effects.Count;
    }

    private static IEnumerable<ChangeEffect> Settle(IEnumerable<ChangeEffect> incident)
    {
        var changes = incident.OrderBy(effect => effect.Id.At).ThenBy(effect => effect.Id.Transition).ToList();
        return changes.Where(effect => !GivesWay(effect)
            || effect.Id == changes.FindLast(other => other.Change.Transition == effect.Change.Transition)!.Id);
    }

    private static bool GivesWay(ChangeEffect effect) =>
        effect.Change.Transition is IncidentTransition.Updated or IncidentTransition.Refreshed;

    private static string Json(ChangeEffect effect) => JsonSerializer.Serialize(effect.Change, IncidentJson.Readable.IncidentChange);
}
