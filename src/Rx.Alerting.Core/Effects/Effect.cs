using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>Something that is decided, and has yet to reach people and programs.</summary>
/// <param name="Sequence">
/// Its place in the pipeline's outbox. No identity: after the store has gone back, another effect may have the same number.
/// </param>
public abstract record Effect(long Sequence)
{
    /// <summary>Stays the same when the effect is decided or delivered again.</summary>
    public abstract EffectId Id { get; }
}

/// <summary>An incident has changed.</summary>
/// <param name="Sequence"><inheritdoc cref="Effect" path="/param[@name='Sequence']"/></param>
/// <param name="Change">What happened to the incident.</param>
public sealed record ChangeEffect(long Sequence, IncidentChange Change) : Effect(Sequence)
{
    public override EffectId Id => EffectId.Of(Change);
}

/// <summary>A command has an outcome.</summary>
/// <param name="Sequence"><inheritdoc cref="Effect" path="/param[@name='Sequence']"/></param>
/// <param name="Outcome">What has become of the command.</param>
public sealed record OutcomeEffect(long Sequence, CommandOutcome Outcome) : Effect(Sequence)
{
    public override EffectId Id => EffectId.Of(Outcome);
}

/// <summary>The identity of an effect. A channel that must not repeat itself compares identities.</summary>
/// <param name="Subject">The id of the incident, or of the command.</param>
/// <param name="Transition">What happened to the incident. Null: a command has its outcome.</param>
/// <param name="At">The event time at which it happened. Null: a command came before the first view.</param>
public readonly record struct EffectId(string Subject, IncidentTransition? Transition, DateTimeOffset? At)
{
    public static EffectId Of(IncidentChange change) => new(change.Incident.Id, change.Transition, change.Incident.UpdatedAt);

    public static EffectId Of(CommandOutcome outcome) => new(outcome.CommandId, null, outcome.At);
}
