using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Where committed changes of incidents go: people and programs. The service has one, <c>IncidentDelivery</c>.</summary>
public interface IIncidentSink
{
    /// <summary>
    /// Ends when the effects have happened. After a crash the same entries may come again, with the same sequence numbers, or the same
    /// transitions of the same incidents under other numbers if the store had gone back: a sink that must not repeat itself compares.
    /// </summary>
    /// <param name="pipeline">Whose entries they are.</param>
    /// <param name="entries">In the order in which they were decided.</param>
    /// <param name="cancel">The pipeline stops; what is not delivered is delivered at its next start.</param>
    Task DeliverAsync(string pipeline, IReadOnlyList<OutboxEntry> entries, CancellationToken cancel);
}
