using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Detection;

/// <summary>What an observation is judged to be.</summary>
internal enum VerdictKind
{
    /// <summary>Nothing to tell.</summary>
    Normal,

    /// <summary>One of the nested windows has more errors than the baseline explains.</summary>
    Anomaly,
}

/// <summary>An observation and what it is judged to be.</summary>
/// <param name="Observation">What was judged.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Window">Of an anomaly: the smallest window that is one.</param>
/// <param name="Expected">Of an anomaly: the error rate that is normal for that window.</param>
internal readonly record struct Verdict(Observation Observation, VerdictKind Kind, WindowCount Window, BetaRate Expected);
