namespace Rx.Alerting.Core.Incidents;

/// <summary>The latest views of what an incident is about, as people are shown them.</summary>
/// <param name="Views">Views in the window.</param>
/// <param name="Errors">Views of those that failed with the error type.</param>
/// <param name="Since">Begin of the window (ms since the Unix epoch).</param>
/// <param name="Expected">The error rate that is normal, 0–1. Null: it is not known any more.</param>
/// <param name="IsCalm">Whether no more of the views fail than is normal.</param>
internal readonly record struct ShownRate(long Views, long Errors, long Since, double? Expected, bool IsCalm)
{
    public double Rate => Views == 0 ? 0 : (double)Errors / Views;
}
