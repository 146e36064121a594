using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Effects;

/// <summary>How changes of incidents are delivered to channels.</summary>
[OptionSection("Effects")]
public sealed record EffectOptions : IValidatableObject
{
    /// <summary>
    /// Changes that may wait in the outbox of a pipeline until every channel has them. With more, the oldest are dropped for the channels
    /// that do not have them yet.
    /// </summary>
    [Range(100, 1_000_000)]
    public int MaximumWaiting { get; init; } = 10_000;

    /// <summary>How long a channel may take for a delivery. Then the delivery has failed, and is repeated.</summary>
    [TimeRange("100ms", "10m")]
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time until a failed delivery is repeated. It doubles with every further failure.</summary>
    [TimeRange("10ms", "10m")]
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time until a failed delivery is repeated.</summary>
    [TimeRange("10ms", "1d")]
    public TimeSpan LongestRetryInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LongestRetryInterval < RetryInterval)
        {
            yield return new(
                $"is {Duration.Format(LongestRetryInterval)}, must not be shorter than {nameof(RetryInterval)}, "
                + $"{Duration.Format(RetryInterval)}",
                [nameof(LongestRetryInterval)]);
        }
    }

    /// <summary>How long to wait after so many failures.</summary>
    internal TimeSpan RetryAfter(int attempts)
    {
        var doubled = RetryInterval.TotalMilliseconds * Math.Pow(2, Math.Min(attempts - 1, 40));
        return TimeSpan.FromMilliseconds(Math.Min(doubled, LongestRetryInterval.TotalMilliseconds));
    }
}
