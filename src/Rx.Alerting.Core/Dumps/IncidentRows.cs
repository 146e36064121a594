using System.Text.Json;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Dumps;

/// <summary>Writes the incidents of a cut, each as the API shows it, in the order in which they began.</summary>
internal static class IncidentRows
{
    /// <summary>The sections that are read.</summary>
    public static IReadOnlyList<string> Sections { get; } = [.. CutFacts.Sections, StateSections.History];

    /// <param name="cut">Has <see cref="Sections"/>.</param>
    /// <param name="all">Whether incidents are written that are not open.</param>
    /// <param name="file">Gets the rows.</param>
    /// <exception cref="CheckpointFormatException">An entry is damaged.</exception>
    public static void Write(StateCut cut, bool all, DumpFile file)
    {
        var incidents = cut.Read(StateSections.History)
            .Select(entry => IncidentEncoding.Read(new StateReader(entry.Value)))
            .Where(incident => all || incident.Status == IncidentStatus.Open)
            .OrderBy(incident => incident.StartedAt)
            .ThenBy(incident => incident.Id, StringComparer.Ordinal);
        foreach (var incident in incidents)
        {
            JsonSerializer.Serialize(file.Begin(), incident, IncidentJson.Readable.Incident);
            file.EndRow();
        }
    }
}
