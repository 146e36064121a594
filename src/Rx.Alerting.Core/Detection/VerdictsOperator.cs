using System.Reactive.Linq;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Detection;

/// <summary>The operator from observations to verdicts.</summary>
internal static class VerdictsOperator
{
    /// <summary>Judges every observation; passes on anomalies, and whatever belongs to an open incident.</summary>
    /// <remarks>
    /// <code>
    /// observations  --o---o---x---h---o--|    (x: an anomaly, h: held by an incident)
    /// verdicts      ----------x---h------|
    /// </code>
    /// </remarks>
    public static IObservable<Verdict> Verdicts(this IObservable<Observation> observations, Judge judge) =>
        observations.Select(judge.Of).Where(verdict => verdict.Kind == VerdictKind.Anomaly || verdict.Observation.IsHeld);
}
