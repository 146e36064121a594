using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Baselines;

/// <summary>How the normal error rate of a key is learned.</summary>
[OptionSection("Baseline")]
public sealed record BaselineOptions : IValidatableObject
{
    /// <summary>Event time after which a view counts half.</summary>
    [TimeRange("1h", "365d")]
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Smallest overdispersion (intra-class correlation) of a baseline.</summary>
    [Range(0, 0.5)]
    public double MinimumOverdispersion { get; init; } = 2e-4;

    /// <summary>Largest overdispersion of a baseline. Not less than <see cref="MinimumOverdispersion"/>.</summary>
    [Range(0, 0.5)]
    public double MaximumOverdispersion { get; init; } = 0.02;

    /// <summary>
    /// Overdispersion stands for a rate that changes from window to window. This is the largest standard deviation of that change,
    /// relative to the rate.
    /// </summary>
    [Range(0.0, 10)]
    public double MaximumVariation { get; init; } = 0.6;

    /// <summary>Overdispersion of a baseline that has not yet learned its own.</summary>
    [Range(0, 0.5)]
    public double InitialOverdispersion { get; init; } = 1e-3;

    /// <summary>A title's baseline begins with the error rate of its property. This is the weight of that beginning, in views.</summary>
    [Range(1, 1e6)]
    public double TitlePriorViews { get; init; } = 200;

    /// <summary>Error rate that is assumed of a new property.</summary>
    [Range(0.0, 1)]
    public double InitialErrorRate { get; init; } = 0.1;

    /// <summary>The weight of <see cref="InitialErrorRate"/>, in views.</summary>
    [Range(0.1, 1e6)]
    public double InitialViews { get; init; } = 10;

    /// <summary>Views enter the baseline with at most the expected errors plus this many standard deviations.</summary>
    [Range(1.0, 10)]
    public double WinsorDeviations { get; init; } = 3;

    /// <summary>
    /// Inside one incident, after this many views of a property, the level of its error rate is accepted as the new normal. Not before
    /// <see cref="AcceptAfterTime"/>.
    /// </summary>
    [Range(100, 1e8)]
    public long AcceptAfterViews { get; init; } = 24_000;

    /// <summary>The same for a title, in views of the title.</summary>
    [Range(100, 1e8)]
    public long TitleAcceptAfterViews { get; init; } = 2400;

    /// <summary>No level is accepted as the new normal earlier. A busy property has many views in a few minutes.</summary>
    [TimeRange("0s", "365d")]
    public TimeSpan AcceptAfterTime { get; init; } = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaximumOverdispersion < MinimumOverdispersion)
        {
            yield return new(
                $"is {OptionText.Of(MaximumOverdispersion)}, must not be less than {nameof(MinimumOverdispersion)}, "
                + OptionText.Of(MinimumOverdispersion),
                [nameof(MaximumOverdispersion)]);
        }
    }
}
