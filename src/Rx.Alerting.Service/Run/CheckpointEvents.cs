using System.Reactive.Subjects;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>What happens between the pipelines and their store, as one stream. Every pipeline pushes on threads of its own.</summary>
internal static class CheckpointEvents
{
    /// <summary>Where pipelines push to, at the same time if they like; those who listen are told one event after the other, as Rx demands.</summary>
    public static IObserver<CheckpointEvent> ToldTo(params IEnumerable<Action<CheckpointEvent>> listeners)
    {
        var events = Subject.Synchronize(new Subject<CheckpointEvent>());
        foreach (var listener in listeners)
            events.Subscribe(listener);
        return events;
    }
}
