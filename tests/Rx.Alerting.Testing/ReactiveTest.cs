using System.Reactive;

namespace Microsoft.Reactive.Testing;

/// <summary>Base of marble tests: the usual times, and short names for messages.</summary>
public class ReactiveTest
{
    /// <summary>When <c>Start</c> creates the sequence under test.</summary>
    public const long Created = 100;

    /// <summary>When <c>Start</c> subscribes to it.</summary>
    public const long Subscribed = 200;

    /// <summary>When <c>Start</c> disposes the subscription.</summary>
    public const long Disposed = 1000;

    public static Recorded<Notification<T>> OnNext<T>(long ticks, T value) => new(ticks, Notification.CreateOnNext(value));

    public static Recorded<Notification<T>> OnCompleted<T>(long ticks) => new(ticks, Notification.CreateOnCompleted<T>());

    public static Recorded<Notification<T>> OnError<T>(long ticks, Exception exception) =>
        new(ticks, Notification.CreateOnError<T>(exception));

    public static Subscription Subscribe(long start, long end) => new(start, end);

    public static Subscription Subscribe(long start) => new(start);
}
