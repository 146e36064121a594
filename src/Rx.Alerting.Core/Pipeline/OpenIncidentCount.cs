using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Open incidents of one level and severity.</summary>
/// <param name="Level">What they are about.</param>
/// <param name="Severity">How much they matter.</param>
/// <param name="Number">How many there are.</param>
public readonly record struct OpenIncidentCount(IncidentLevel Level, IncidentSeverity Severity, int Number);
