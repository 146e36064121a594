using System.Globalization;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Replay;

/// <summary>The counts of a replay as lines for people.</summary>
internal static class ReplaySummary
{
    public static IEnumerable<string> Lines(PipelineStatistics statistics, ReplayTally tally, TimeSpan elapsed)
    {
        yield return Line("views", statistics.Views, string.Empty);
        yield return Line("errors", statistics.Errors, Share(statistics.Errors, statistics.Views));
        yield return Line("late", statistics.Late, string.Empty);
        yield return Line("rejected", statistics.Rejected.Sum(), RejectionWords.Counts(statistics.Rejected));
        if (statistics.Dropped > 0)
            yield return Line("dropped", statistics.Dropped, "of properties that Windows:MaximumProperties left no room for");
        yield return Line("incidents", tally.Total, tally.Total == 0 ? string.Empty : Kinds(tally));
        yield return $"{"seconds",-10} {elapsed.TotalSeconds.ToString("N2", CultureInfo.InvariantCulture),14}";
        yield return Line("views/s", (long)(Records(statistics) / Math.Max(elapsed.TotalSeconds, 1e-3)), string.Empty);
    }

    private static string Kinds(ReplayTally tally) =>
        $"{tally.Alerts} alert, {tally.Total - tally.Alerts} warning; {tally.Open} still open"
        + (tally.Parts == 0 ? string.Empty : $"; {IncidentWords.Count(tally.Parts)} more are part of these");

    /// <summary>Whether every record was rejected, and there was at least one. Most likely the records have another format.</summary>
    public static bool NothingCounted(PipelineStatistics statistics) =>
        statistics.Rejected.Sum() is > 0 and var rejected && rejected == Records(statistics);

    private static long Records(PipelineStatistics statistics) =>
        statistics.Views + statistics.Late + statistics.Rejected.Sum();

    private static string Share(long part, long whole) => whole == 0 ? string.Empty : IncidentWords.Percent((double)part / whole);

    private static string Line(string name, long value, string remark) =>
        $"{name,-10} {IncidentWords.Count(value),14}   {remark}".TrimEnd();
}
