using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>The changes of incidents since the latest commit, for logs and metrics. The pipeline is quiescent.</summary>
internal sealed class UncommittedChanges : IDisposable
{
    private readonly List<IncidentChange> changes = [];
    private readonly Arrivals arrivals;
    private readonly IDisposable subscription;

    public UncommittedChanges(DetectionPipeline pipeline, TimeSpan paneInterval, TimeProvider clock)
    {
        arrivals = new(clock, paneInterval);
        subscription = pipeline.Changes.Subscribe(Add);
    }

    /// <inheritdoc cref="Arrivals.Reach"/>
    public void Reach(long newestEventTime) => arrivals.Reach(newestEventTime);

    /// <summary>Gives the changes away. An opening is decided at the end of its pane.</summary>
    public IReadOnlyList<(IncidentChange Change, long? ArrivedAt)> Take()
    {
        List<(IncidentChange, long?)> taken = [.. changes.Select(change => (change, ArrivedAt(change)))];
        changes.Clear();
        return taken;
    }

    public void Dispose() => subscription.Dispose();

    private long? ArrivedAt(IncidentChange change) => change.Transition is IncidentTransition.Opened or IncidentTransition.Reopened
        ? arrivals.Of(change.Incident.UpdatedAt - TimeSpan.FromMilliseconds(1))
        : null;

    private void Add(IncidentChange change)
    {
        if (change.Transition is not (IncidentTransition.Updated or IncidentTransition.Refreshed))
            changes.Add(change);
    }
}
