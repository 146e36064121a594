using System.Reactive.Subjects;

namespace Rx.Alerting.Service.Run;

/// <summary>Merges the events of all pipelines into one stream. Each pipeline pushes on threads of its own.</summary>
internal static class MergedEvents
{
    /// <summary>
    /// The observer of all pipelines. Pipelines may push concurrently. The listeners get one event after the other, as Rx demands.
    /// </summary>
    public static IObserver<T> ToldTo<T>(params IEnumerable<Action<T>> listeners)
    {
        var events = Subject.Synchronize(new Subject<T>());
        foreach (var listener in listeners)
            events.Subscribe(listener);
        return events;
    }
}
