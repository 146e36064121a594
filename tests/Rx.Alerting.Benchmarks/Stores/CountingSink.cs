using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Counts what is delivered, and whether a number came twice.</summary>
internal sealed class CountingSink : IIncidentSink
{
    private long last;

    public long Delivered { get; private set; }

    public long Repeated { get; private set; }

    public Task DeliverAsync(string pipeline, IReadOnlyList<OutboxEntry> entries, CancellationToken cancel)
    {
        foreach (var entry in entries)
        {
            Delivered++;
            Repeated += entry.Sequence <= last ? 1 : 0;
            last = Math.Max(last, entry.Sequence);
        }

        return Task.CompletedTask;
    }
}
