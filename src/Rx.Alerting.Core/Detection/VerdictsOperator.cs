using System.Reactive.Linq;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Detection;

/// <summary>The operator from observations to verdicts.</summary>
internal static class VerdictsOperator
{
    /// <summary>
    /// Judges every observation. Passes on anomalies, whatever belongs to an open incident, and every property: it comes behind its titles,
    /// which wait for it.
    /// </summary>
    /// <remarks>
    /// <code>
    /// observations  --o---o---x---h---P--|    (o: a title, x: an anomaly, h: held by an incident, P: a property)
    /// verdicts      ----------x---h---P--|
    /// </code>
    /// </remarks>
    public static IObservable<Verdict> Verdicts(this IObservable<Observation> observations, Judge judge) =>
        observations.Select(judge.Of).Where(verdict =>
            verdict.Kind == VerdictKind.Anomaly || verdict.Observation.IsHeld || !verdict.Observation.IsTitle);
}
