using System.Text.RegularExpressions;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Terminal;

/// <summary>The words in which people are told of rejected records.</summary>
internal static partial class RejectionWords
{
    /// <summary>The number of records and views not counted, by reason, such as <c>12 late, 3 malformed</c>. Empty if all were.</summary>
    public static string NotCounted(PipelineStatistics of)
    {
        IEnumerable<string> parts =
        [
            of.Late > 0 ? $"{IncidentWords.Count(of.Late)} late" : string.Empty,
            Counts(of.Rejected),
            of.Dropped > 0 ? $"{IncidentWords.Count(of.Dropped)} of properties beyond Windows:MaximumProperties" : string.Empty,
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    /// <summary>The number of rejected records by reason, such as <c>3 malformed, 1 missing property</c>.</summary>
    /// <param name="rejected">Numbers, indexed by <see cref="RejectionReason"/>.</param>
    public static string Counts(IReadOnlyList<long> rejected) => string.Join(", ", rejected
        .Select((count, reason) => (Count: count, Reason: (RejectionReason)reason))
        .Where(entry => entry.Count > 0)
        .Select(entry => $"{IncidentWords.Count(entry.Count)} {Words(entry.Reason)}"));

    /// <summary><c>MissingEventTime</c> becomes <c>missing event time</c>.</summary>
    private static string Words(RejectionReason reason) => reason == RejectionReason.Tombstone
        ? "without a value (tombstones)"
        : Capital().Replace(reason.ToString(), " $0").TrimStart().ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
