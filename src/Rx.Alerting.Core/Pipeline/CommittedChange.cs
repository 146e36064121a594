using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>A change of an incident that a commit has confirmed.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Transition">Opened, re-opened, closed or expired; updates are left out.</param>
/// <param name="Level">What the incident is about.</param>
/// <param name="Latency">
/// Of an incident that has opened or re-opened: from the time at which the stream first reached the pane that opened it until the commit
/// was confirmed. Null: that time is not known.
/// </param>
public readonly record struct CommittedChange(string IncidentId, IncidentTransition Transition, IncidentLevel Level, TimeSpan? Latency);
