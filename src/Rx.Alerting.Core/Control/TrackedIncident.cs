using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>An incident that people may decide about, or that may open again.</summary>
/// <param name="told">What was told of it the last time.</param>
internal sealed class TrackedIncident(Incident told)
{
    public Incident Told { get; set; } = told;

    public bool IsOpen => Told.Status == IncidentStatus.Open;

    /// <summary>The silences above it, in the order in which they were made. None after its end.</summary>
    public IReadOnlyList<Silence> Silences { get; private set; } = [];

    public IReadOnlyList<string> SilencedBy => [.. Silences.Select(silence => silence.Id)];

    public void PutBeneath(IEnumerable<Silence> silences)
    {
        foreach (var silence in Silences)
            silence.Incidents.Remove(this);
        Silences = [.. silences.OrderBy(silence => silence.Sequence)];
        foreach (var silence in Silences)
            silence.Incidents.Add(this);
    }
}
