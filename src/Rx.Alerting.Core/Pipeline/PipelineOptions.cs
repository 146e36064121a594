using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Everything that can be set about a <see cref="DetectionPipeline"/>; one section for each room.</summary>
[OptionSection]
public sealed record PipelineOptions : IValidatableObject
{
    public EventTimeOptions EventTime { get; init; } = new();

    public WindowOptions Windows { get; init; } = new();

    public BaselineOptions Baseline { get; init; } = new();

    public DetectionOptions Detection { get; init; } = new();

    public IncidentOptions Incidents { get; init; } = new();

    public ControlOptions Control { get; init; } = new();

    public EffectOptions Effects { get; init; } = new();

    public DeadLetterOptions DeadLetters { get; init; } = new();

    /// <summary>A copy whose <see cref="AdjustableAttribute"/> options can change in place.</summary>
    internal PipelineOptions Copy() => this with { Detection = Detection with { }, Incidents = Incidents with { } };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var (silence, longest) = (Incidents.ExpireAfterSilence, Windows.TitleExpiry);
        if (silence > longest)
        {
            var key = $"{nameof(Windows)}:{nameof(Windows.TitleExpiry)}";
            yield return new(
                $"is {Duration.Format(silence)}, must not be longer than {key}, {Duration.Format(longest)}",
                [$"{nameof(Incidents)}:{nameof(Incidents.ExpireAfterSilence)}"]);
        }
    }
}
