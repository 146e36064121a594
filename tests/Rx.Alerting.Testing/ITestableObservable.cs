using System.Reactive;

namespace Microsoft.Reactive.Testing;

/// <summary>A source that plays prepared messages and records who subscribed when.</summary>
public interface ITestableObservable<T> : IObservable<T>
{
    IList<Subscription> Subscriptions { get; }

    IList<Recorded<Notification<T>>> Messages { get; }
}
