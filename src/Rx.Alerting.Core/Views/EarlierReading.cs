namespace Rx.Alerting.Core.Views;

/// <summary>Whether the stream itself remembers that its views were read before.</summary>
/// <param name="IsKnown">False if the stream does not remember readers, or could not be asked.</param>
/// <param name="Trace">The trace that an earlier reader has left, as a clause for the operator. Null if there is no trace.</param>
public readonly record struct EarlierReading(bool IsKnown, string? Trace)
{
    /// <summary>The stream knows that its views were never read before.</summary>
    public static EarlierReading None => new(true, null);
}
