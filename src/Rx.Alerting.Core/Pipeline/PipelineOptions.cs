using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Everything that can be set about a <see cref="DetectionPipeline"/>; one section for each room.</summary>
public sealed record PipelineOptions
{
    public EventTimeOptions EventTime { get; init; } = new();

    public WindowOptions Windows { get; init; } = new();

    public BaselineOptions Baseline { get; init; } = new();

    public DetectionOptions Detection { get; init; } = new();

    public IncidentOptions Incidents { get; init; } = new();

    public DeadLetterOptions DeadLetters { get; init; } = new();

    /// <summary>Every fault, each as a sentence that begins with the option's key; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        EventTime.Validate(faults);
        Windows.Validate(faults);
        Baseline.Validate(faults);
        Detection.Validate(faults);
        Incidents.Validate(faults);
        DeadLetters.Validate(faults);
        faults.Require(Incidents.ExpireAfterSilence <= Windows.TitleExpiry, "Incidents:ExpireAfterSilence", $"is {Incidents.ExpireAfterSilence}, must not be longer than Windows:TitleExpiry, {Windows.TitleExpiry}");
        return faults.All;
    }
}
