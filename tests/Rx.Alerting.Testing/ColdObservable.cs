using System.Reactive;
using System.Reactive.Disposables;

namespace Microsoft.Reactive.Testing;

/// <summary>Plays its messages to each subscriber, at times relative to the subscription.</summary>
internal sealed class ColdObservable<T>(TestScheduler scheduler, Recorded<Notification<T>>[] messages) : ITestableObservable<T>
{
    public IList<Subscription> Subscriptions { get; } = [];

    public IList<Recorded<Notification<T>>> Messages { get; } = messages;

    public IDisposable Subscribe(IObserver<T> observer)
    {
        var index = Subscriptions.Count;
        Subscriptions.Add(new(scheduler.Clock));
        var pending = new CompositeDisposable();
        foreach (var message in messages)
        {
            pending.Add(scheduler.ScheduleRelative(message.Value, message.Time, (_, notification) =>
            {
                notification.Accept(observer);
                return Disposable.Empty;
            }));
        }

        pending.Add(Disposable.Create(() => Subscriptions[index] = Subscriptions[index] with { Unsubscribe = scheduler.Clock }));
        return pending;
    }
}
