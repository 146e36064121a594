namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>
/// Which properties fail when. One property after the other fails for a few seconds of event time, then recovers. So each turn of a
/// property opens an incident, makes it an alert, and closes it.
/// </summary>
/// <param name="Properties">How many take turns.</param>
/// <param name="Seconds">From one failure of a property to the next. Its incident needs 50 to close.</param>
internal sealed record Turns(int Properties, int Seconds)
{
    /// <summary>Views of each property in a second of event time.</summary>
    public const int ViewsPerSecond = 10;

    /// <summary>
    /// The first second in which a property fails. Before that, the pipeline learns what is normal from two of the largest windows.
    /// </summary>
    public const int Begin = 200;

    /// <summary>Enough failures for an alert.</summary>
    private const int SecondsOfFailure = 6;

    /// <summary>Whether all views of a property fail in a second of event time.</summary>
    public bool Fails(int property, int second)
    {
        var since = second - Begin - (property * Seconds / Properties);
        return since >= 0 && since % Seconds < SecondsOfFailure;
    }
}
