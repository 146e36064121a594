using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>What explains incidents, and what is kept to know it.</summary>
public sealed record ExplanationStatistics
{
    /// <summary>Open incidents of properties and titles. Ways in which none is explained are left out.</summary>
    public IReadOnlyList<ExplainedCount> Open { get; init; } = [];

    /// <summary>Rankings that were made since the restore, each of the ways included.</summary>
    public IReadOnlyList<ExplainedCount> Rankings { get; init; } = [];

    /// <summary>The time that these rankings took.</summary>
    public TimeSpan RankingTime { get; init; }

    /// <summary>Properties whose views' circumstances are known.</summary>
    public int Properties { get; init; }

    /// <summary>About how many bytes of memory the circumstances take.</summary>
    public long Bytes { get; init; }

    /// <summary>Properties whose circumstances were forgotten since the restore, because all together took too much memory.</summary>
    public long Evictions { get; init; }
}

/// <summary>How many incidents, or rankings, are explained in one way.</summary>
/// <param name="By">The way; null: too few failures to tell.</param>
/// <param name="Number">How many.</param>
public readonly record struct ExplainedCount(ExplainedBy? By, long Number);
