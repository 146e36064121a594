namespace Rx.Alerting.Core.Incidents;

/// <summary>Somebody has taken an incident on.</summary>
/// <param name="By">Who.</param>
/// <param name="At">Event time.</param>
/// <param name="Note">What they said; may be null.</param>
public sealed record Acknowledgement(string By, DateTimeOffset At, string? Note);

/// <summary>One line of an incident's audit trail.</summary>
/// <param name="At">Event time.</param>
/// <param name="Transition">What happened.</param>
/// <param name="Reason">Why; null when the incident opened or re-opened.</param>
/// <param name="By">The person; null: the program itself.</param>
/// <param name="Note">What the person said; may be null.</param>
public sealed record TrailEntry(
    DateTimeOffset At, IncidentTransition Transition, IncidentReason? Reason = null, string? By = null, string? Note = null);
