namespace Rx.Alerting.Service.Tries;

/// <summary>How far a run is.</summary>
/// <param name="Views">Views of all properties that were read.</param>
/// <param name="Own">Those of the property.</param>
/// <param name="Earlier">Views that were passed over, because they ended before the time that is asked for.</param>
/// <param name="First">The first view of the time that is asked for: what is before it, nobody can read. Null: none yet.</param>
/// <param name="Reached">The event time that was reached. Null: none yet.</param>
/// <param name="Elapsed">How long it has taken.</param>
public sealed record TryProgress(
    long Views, long Own, long Earlier, DateTimeOffset? First, DateTimeOffset? Reached, TimeSpan Elapsed);
