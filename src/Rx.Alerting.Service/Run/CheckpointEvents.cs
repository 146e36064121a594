using System.Reactive.Subjects;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>Merges the checkpoint events of all pipelines into one stream. Each pipeline pushes on threads of its own.</summary>
internal static class CheckpointEvents
{
    /// <summary>
    /// The observer of all pipelines. Pipelines may push concurrently. The listeners get one event after the other, as Rx demands.
    /// </summary>
    public static IObserver<CheckpointEvent> ToldTo(params IEnumerable<Action<CheckpointEvent>> listeners)
    {
        var events = Subject.Synchronize(new Subject<CheckpointEvent>());
        foreach (var listener in listeners)
            events.Subscribe(listener);
        return events;
    }
}
