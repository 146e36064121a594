namespace Rx.Alerting.Core.Notifications;

/// <summary>How long a receiver is left alone: between two messages, and after failures.</summary>
internal sealed class ReceiverPause(NotificationTarget target, NotificationOptions options, TimeProvider clock)
{
    /// <summary>A receiver that asks for more time gets this much, or a wrong date would silence its channel for weeks.</summary>
    public static readonly TimeSpan MostAsked = TimeSpan.FromHours(1);

    private int failures;

    /// <summary>The receiver is not told anything before.</summary>
    public DateTimeOffset Until { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Somebody wants another attempt now.</summary>
    public void End() => (Until, failures) = (DateTimeOffset.MinValue, 0);

    /// <summary>The receiver has taken something.</summary>
    public void Delivered() => (Until, failures) = (clock.GetUtcNow() + target.Notifier.Traits.Pace, 0);

    /// <summary>The receiver has not taken something, or the store has not. A longer pause of before holds.</summary>
    /// <param name="asked">How long it wants to be left alone. Null: it does not say.</param>
    public void Failed(TimeSpan? asked = null)
    {
        var own = options.RetryAfter(++failures, Random.Shared.NextDouble());
        var granted = asked < MostAsked ? asked : asked is null ? null : MostAsked;
        var until = clock.GetUtcNow() + (granted > own ? granted.Value : own);
        Until = until > Until ? until : Until;
    }
}
