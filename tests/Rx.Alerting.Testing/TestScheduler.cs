using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Microsoft.Reactive.Testing;

/// <summary>
/// Virtual time for marble tests, in ticks from 0. Names and behaviour are those of the package
/// Microsoft.Reactive.Testing, so that the package can take the place of this project's copy.
/// </summary>
public sealed class TestScheduler : VirtualTimeScheduler<long, long>
{
    /// <summary>Schedules <paramref name="action"/>; what is due now or in the past runs one tick from now.</summary>
    public override IDisposable ScheduleAbsolute<TState>(TState state, long dueTime, Func<IScheduler, TState, IDisposable> action) =>
        base.ScheduleAbsolute(state, Math.Max(dueTime, Clock + 1), action);

    /// <summary>Messages at absolute times, to whoever is subscribed then.</summary>
    public ITestableObservable<T> CreateHotObservable<T>(params Recorded<Notification<T>>[] messages) =>
        new HotObservable<T>(this, messages);

    /// <summary>Messages at times relative to each subscription.</summary>
    public ITestableObservable<T> CreateColdObservable<T>(params Recorded<Notification<T>>[] messages) =>
        new ColdObservable<T>(this, messages);

    public ITestableObserver<T> CreateObserver<T>() => new MockObserver<T>(this);

    /// <summary>
    /// Creates a sequence, subscribes to it and disposes the subscription at the given times, and runs until nothing is left
    /// to do. Returns what was received.
    /// </summary>
    public ITestableObserver<T> Start<T>(
        Func<IObservable<T>> create,
        long created = ReactiveTest.Created,
        long subscribed = ReactiveTest.Subscribed,
        long disposed = ReactiveTest.Disposed)
    {
        var observer = CreateObserver<T>();
        IObservable<T>? source = null;
        var subscription = new SingleAssignmentDisposable();
        At(created, () => source = create());
        At(subscribed, () => subscription.Disposable = source!.Subscribe(observer));
        At(disposed, subscription.Dispose);
        Start();
        return observer;
    }

    public ITestableObserver<T> Start<T>(Func<IObservable<T>> create, long disposed) =>
        Start(create, ReactiveTest.Created, ReactiveTest.Subscribed, disposed);

    protected override long Add(long absolute, long relative) => absolute + relative;

    protected override DateTimeOffset ToDateTimeOffset(long absolute) => new(absolute, TimeSpan.Zero);

    protected override long ToRelative(TimeSpan timeSpan) => timeSpan.Ticks;

    private void At(long time, Action action) => ScheduleAbsolute(action, time, static (_, act) =>
    {
        act();
        return Disposable.Empty;
    });
}
