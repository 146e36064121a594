using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>Something that is decided, and has yet to reach people and programs.</summary>
/// <param name="Sequence">
/// Its place in the pipeline's outbox. No identity: after the store has gone back, another effect may have the same number.
/// </param>
/// <param name="Change">What happened to an incident.</param>
public sealed record Effect(long Sequence, IncidentChange Change)
{
    /// <summary>Stays the same when the effect is decided or delivered again.</summary>
    public EffectId Id => new(Change.Incident.Id, Change.Transition, Change.Incident.UpdatedAt);
}

/// <summary>The identity of an effect. A channel that must not repeat itself compares identities.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Transition">What happened to it.</param>
/// <param name="At">The event time at which it happened.</param>
public readonly record struct EffectId(string IncidentId, IncidentTransition Transition, DateTimeOffset At);
