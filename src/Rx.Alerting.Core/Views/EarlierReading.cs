namespace Rx.Alerting.Core.Views;

/// <summary>What a stream knows by itself of somebody who has read it before.</summary>
/// <param name="IsKnown">False: the stream keeps nothing of the kind, or could not be asked.</param>
/// <param name="Trace">What is there of a reading before, as a clause for people; null: nothing.</param>
public readonly record struct EarlierReading(bool IsKnown, string? Trace)
{
    /// <summary>There was none.</summary>
    public static EarlierReading None => new(true, null);
}
