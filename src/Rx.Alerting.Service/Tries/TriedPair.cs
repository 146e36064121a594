using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Tries;

/// <summary>What becomes of an incident with other options.</summary>
public enum TriedDifference
{
    /// <summary>It opens at the same time.</summary>
    Same,

    /// <summary>It opens earlier.</summary>
    Earlier,

    /// <summary>It opens later.</summary>
    Later,

    /// <summary>There is none with the options in force.</summary>
    Added,

    /// <summary>There is none with the options that are tried.</summary>
    Gone,
}

/// <summary>An incident with the options in force, beside that with the options that are tried.</summary>
/// <param name="Current">Null: there is none.</param>
/// <param name="Tried">Null: there is none.</param>
public sealed record TriedPair(Incident? Current, Incident? Tried)
{
    /// <summary>The one that there is.</summary>
    public Incident Any => (Current ?? Tried)!;

    public TriedDifference Difference => (Current, Tried) switch
    {
        (null, _) => TriedDifference.Added,
        (_, null) => TriedDifference.Gone,
        var (current, tried) when current.StartedAt > tried.StartedAt => TriedDifference.Earlier,
        var (current, tried) when current.StartedAt < tried.StartedAt => TriedDifference.Later,
        _ => TriedDifference.Same,
    };

    /// <summary>The difference in words: <c>opens 5 min earlier, is only a warning</c>.</summary>
    public string Words
    {
        get
        {
            if (Tried is not { } tried || Current is not { } current)
                return Difference == TriedDifference.Added ? "added" : "goes away";
            string?[] all =
            [
                Moved("opens", current.StartedAt, tried.StartedAt),
                (current.ResolvedAt, tried.ResolvedAt) switch
                {
                    ({ } before, { } now) => Moved("ends", before, now),
                    (null, not null) => "has ended",
                    (not null, null) => "goes on",
                    _ => null,
                },
                current.Severity == tried.Severity ? null
                    : tried.Severity == IncidentSeverity.Alert ? "becomes an alert"
                    : "is only a warning",
            ];
            return string.Join(", ", all.OfType<string>()) is { Length: > 0 } said ? said : "the same";
        }
    }

    /// <summary>
    /// Pairs incidents of the same title and error type that overlap, the earliest first. Of one that is split into several, the first is
    /// paired, and the others are added.
    /// </summary>
    internal static IReadOnlyList<TriedPair> Of(IReadOnlyList<Incident> current, IReadOnlyList<Incident> tried)
    {
        var left = tried.GroupBy(incident => incident.IncidentKey, StringComparer.Ordinal)
            .ToDictionary(key => key.Key, key => key.ToList(), StringComparer.Ordinal);
        var pairs = new List<TriedPair>();
        foreach (var one in current)
        {
            var same = left.GetValueOrDefault(one.IncidentKey);
            var other = same?.Find(candidate => Overlap(one, candidate));
            pairs.Add(new(one, other));
            if (other is not null)
                same!.Remove(other);
        }

        pairs.AddRange(left.Values.SelectMany(rest => rest).Select(added => new TriedPair(null, added)));
        return [.. pairs.OrderBy(pair => pair.Any.StartedAt).ThenBy(pair => pair.Any.Id, StringComparer.Ordinal)];
    }

    private static bool Overlap(Incident one, Incident other) => !(one.ResolvedAt < other.StartedAt) && !(other.ResolvedAt < one.StartedAt);

    private static string? Moved(string what, DateTimeOffset before, DateTimeOffset now) =>
        before == now ? null
        : now < before ? $"{what} {IncidentWords.Lasting(before - now)} earlier"
        : $"{what} {IncidentWords.Lasting(now - before)} later";
}
