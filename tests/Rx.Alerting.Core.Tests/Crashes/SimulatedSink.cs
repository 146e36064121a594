using System.Text.Json;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// Collects every delivered change once, by incident and time. A change that is delivered again must be the same, byte for byte.
/// </summary>
internal sealed class SimulatedSink
{
    private readonly SortedDictionary<string, string> delivered = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Delivered => [.. delivered.Values];

    public void Deliver(IReadOnlyList<OutboxEntry> entries)
    {
        foreach (var (_, change) in entries)
        {
            var json = JsonSerializer.Serialize(change, IncidentJson.Readable.IncidentChange);
            var key = $"{change.Incident.Id} {change.Incident.UpdatedAt:O} {change.Transition}";
            if (!delivered.TryAdd(key, json))
                Assert.Equal(delivered[key], json);
        }
    }
}
