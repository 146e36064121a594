using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Run;

/// <summary>Shows committed changes to people: over HTTP and in the console.</summary>
internal sealed class IncidentDelivery(CommittedIncidents committed, IncidentPrinter printer) : IIncidentSink
{
    public Task DeliverAsync(string pipeline, IReadOnlyList<OutboxEntry> entries, CancellationToken cancel)
    {
        foreach (var (_, change) in entries)
        {
            committed.Apply(pipeline, change.Incident);
            printer.Show(change);
        }

        return Task.CompletedTask;
    }
}
