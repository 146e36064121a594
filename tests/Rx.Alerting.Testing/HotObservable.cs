using System.Reactive;
using System.Reactive.Disposables;

namespace Microsoft.Reactive.Testing;

/// <summary>Plays its messages at absolute times to whoever is subscribed then.</summary>
internal sealed class HotObservable<T> : ITestableObservable<T>
{
    private readonly TestScheduler scheduler;
    private readonly List<IObserver<T>> observers = [];

    public HotObservable(TestScheduler scheduler, Recorded<Notification<T>>[] messages)
    {
        this.scheduler = scheduler;
        Messages = messages;
        foreach (var message in messages)
        {
            scheduler.ScheduleAbsolute(message.Value, message.Time, (_, notification) =>
            {
                // A copy, as observers may leave while they are told.
                foreach (var observer in observers.ToArray())
                    notification.Accept(observer);
                return Disposable.Empty;
            });
        }
    }

    public IList<Subscription> Subscriptions { get; } = [];

    public IList<Recorded<Notification<T>>> Messages { get; }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        observers.Add(observer);
        var index = Subscriptions.Count;
        Subscriptions.Add(new(scheduler.Clock));
        return Disposable.Create(() =>
        {
            observers.Remove(observer);
            Subscriptions[index] = Subscriptions[index] with { Unsubscribe = scheduler.Clock };
        });
    }
}
