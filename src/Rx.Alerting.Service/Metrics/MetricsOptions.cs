using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Metrics;

/// <summary>Where metrics are scraped, and how much they show.</summary>
[OptionSection("Metrics")]
internal sealed record MetricsOptions : IValidatableObject
{
    public const string Auto = "auto";

    /// <summary>
    /// Where metrics and health are served: PORT, HOST:PORT, or <c>off</c>. Port 0 is any free port, which the log tells. <c>auto</c>:
    /// 127.0.0.1:9464, or any free port of 127.0.0.1 where that one is taken.
    /// </summary>
    public string Listen { get; init; } = Auto;

    /// <summary>How many properties have error rates of their own: those with most views. 0: none.</summary>
    [Range(0, 200)]
    public int TopProperties { get; init; } = 50;

    /// <summary>What is wrong with <see cref="Listen"/>.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MetricsAddress.Parse(Listen, out var fault) is null && fault is not null)
            yield return new(fault, [nameof(Listen)]);
    }
}
