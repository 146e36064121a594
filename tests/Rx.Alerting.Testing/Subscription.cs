namespace Microsoft.Reactive.Testing;

/// <summary>When a source was subscribed to and until when.</summary>
public readonly record struct Subscription(long Subscribe, long Unsubscribe)
{
    /// <summary>The end of a subscription that has none.</summary>
    public const long Infinite = long.MaxValue;

    public Subscription(long subscribe)
        : this(subscribe, Infinite)
    {
    }

    public override string ToString() => Unsubscribe == Infinite ? $"({Subscribe}, Infinite)" : $"({Subscribe}, {Unsubscribe})";
}
