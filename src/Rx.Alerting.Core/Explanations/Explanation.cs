using System.Text.Json.Serialization;

namespace Rx.Alerting.Core.Explanations;

/// <summary>One dimension of a slice, and the value that its views share.</summary>
/// <param name="Name">Such as <c>cdn</c> or <c>country</c>.</param>
/// <param name="Value">As the records have it.</param>
public sealed record SliceDimension(string Name, string Value);

/// <summary>What a slice has to do with too many errors. Counts are estimates where views were sampled.</summary>
public sealed record Explanation
{
    /// <summary>One to three.</summary>
    public required IReadOnlyList<SliceDimension> Dimensions { get; init; }

    /// <summary>Share of the slice in the excess, 0–1: affected views beyond those that are normal.</summary>
    public required double Share { get; init; }

    /// <summary>Error rate of the slice, 0–1.</summary>
    public required double ErrorRate { get; init; }

    /// <summary>The error rate that is normal for the slice, as far as that is known; 0–1.</summary>
    public required double NormalRate { get; init; }

    /// <summary>How many times the normal rate.</summary>
    public required double Lift { get; init; }

    public required long Views { get; init; }

    public required long AffectedViews { get; init; }
}

/// <summary>What the ranking of slices says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExplainedBy>))]
public enum ExplainedBy
{
    /// <summary>The best slice leads clearly.</summary>
    [JsonStringEnumMemberName("cause")] Cause,

    /// <summary>The best slice has the excess, but another explains it nearly as well.</summary>
    [JsonStringEnumMemberName("one_of")] OneOf,

    /// <summary>No slice has half of the excess with a higher lift than the rest: all views are affected, or too few to tell.</summary>
    [JsonStringEnumMemberName("none")] None,
}

/// <summary>The slices that explain best why there are too many errors.</summary>
/// <param name="By">How far the best is to be trusted.</param>
/// <param name="Best">The best first, at most <see cref="SliceRanking.Told"/>. Not empty unless no view is affected.</param>
public sealed record Ranking(ExplainedBy By, IReadOnlyList<Explanation> Best);
