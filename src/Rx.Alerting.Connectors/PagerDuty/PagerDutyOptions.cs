using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.PagerDuty;

/// <summary>A service of PagerDuty, reached over its Events API v2.</summary>
[OptionSection("Channels:NAME", Kind = "pagerduty")]
public sealed record PagerDutyOptions : IValidatableObject
{
    /// <summary>The integration key of the service: 32 letters and digits.</summary>
    [Secret]
    [Pattern("|[A-Za-z0-9]{32}", "an integration key: 32 letters and digits")]
    public string RoutingKey { get; init; } = "";

    /// <summary>A file with the integration key, instead of <see cref="RoutingKey"/>.</summary>
    public string RoutingKeyFile { get; init; } = "";

    /// <summary>Where events go. In the EU: <c>https://events.eu.pagerduty.com/v2/enqueue</c>.</summary>
    [Pattern(HttpAddress.Pattern, HttpAddress.Words)]
    public string Url { get; init; } = "https://events.pagerduty.com/v2/enqueue";

    /// <summary>The component that PagerDuty shows of every event. Empty: none.</summary>
    public string Component { get; init; } = "";

    /// <summary>Without the key.</summary>
    public override string ToString() => "PagerDuty";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RoutingKey.Length == 0)
            yield return new("must be set", [nameof(RoutingKey)]);
        if (HttpAddress.Fault(Url) is { } fault)
            yield return new(fault, [nameof(Url)]);
    }
}
