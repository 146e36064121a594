namespace Rx.Alerting.Service.Tries;

/// <summary>Why a run has ended.</summary>
public enum TryEnd
{
    /// <summary>Everything was read.</summary>
    Whole,

    /// <summary><c>Try:MaximumViews</c>.</summary>
    Views,

    /// <summary><c>Try:MaximumTime</c>.</summary>
    Time,

    /// <summary><c>Try:MaximumMegabytes</c>.</summary>
    Memory,

    /// <summary>The source gave nothing any more.</summary>
    Stalled,

    /// <summary>Somebody has cancelled it.</summary>
    Cancelled,
}

/// <summary>What a run has found. Times are event times.</summary>
public sealed record TryResult
{
    public required TryEnd End { get; init; }

    /// <summary>The first view that was read. Null: none was.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The latest view of the property. Null: there was none.</summary>
    public DateTimeOffset? LatestOfProperty { get; init; }

    /// <summary>When learning was over, and the comparison begins.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Up to when there is a comparison.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>With the options in force.</summary>
    public required TriedIncidents Current { get; init; }

    /// <summary>With the options that were tried.</summary>
    public required TriedIncidents Tried { get; init; }

    /// <summary>Both, side by side.</summary>
    public required IReadOnlyList<TriedPair> Pairs { get; init; }

    /// <summary>What the service has really told of that time, and still keeps.</summary>
    public required TriedIncidents Told { get; init; }

    /// <summary>Whether there were too many incidents to keep them all.</summary>
    public bool IsCut { get; init; }

    /// <summary>What the source says is wrong with it. Null: nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>Whether anything was compared. Else numbers would say what nobody has seen.</summary>
    public bool HasCompared => First is not null && From < Until && LatestOfProperty >= From;

    public int Count(TriedDifference difference) => Pairs.Count(pair => pair.Difference == difference);
}
