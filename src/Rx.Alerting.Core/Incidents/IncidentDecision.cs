using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>What the incident stage decides.</summary>
/// <param name="Change">What people are told.</param>
/// <param name="Feedback">What becomes of the series that the incident is about.</param>
internal readonly record struct IncidentDecision(IncidentChange Change, Feedback Feedback);
