namespace Rx.Alerting.Service.Pages;

/// <summary>How far what a page shows can be trusted. Silence must never look like health.</summary>
/// <param name="Level">How far.</param>
/// <param name="Sentences">Why not further, for people.</param>
/// <param name="Views">
/// Views that were counted by the pipelines of this process. Null: the reader may not see those of all properties.
/// </param>
/// <param name="Source">What is watched.</param>
/// <param name="IsSimulated">Whether event time is made up, so that it cannot be compared with a clock.</param>
/// <param name="Behind">How far event time is behind the clock. Null: not known, or made up.</param>
/// <param name="StandsStill">For how long event time has stood still, by the clock. Null: not known.</param>
public sealed record DataState(
    TrustLevel Level,
    IReadOnlyList<string> Sentences,
    long? Views,
    string Source,
    bool IsSimulated,
    TimeSpan? Behind,
    TimeSpan? StandsStill);

/// <summary>How far what is shown can be trusted.</summary>
public enum TrustLevel
{
    /// <summary>Nothing is known against it.</summary>
    Well,

    /// <summary>Something may be wrong, or is old.</summary>
    Doubtful,

    /// <summary>The service is not ready: incidents may be missing.</summary>
    NotReady,
}
