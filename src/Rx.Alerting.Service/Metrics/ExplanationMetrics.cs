using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Metrics;

/// <summary>What explains incidents, and what is kept to know it.</summary>
internal static class ExplanationMetrics
{
    /// <summary>Stands for incidents with too few failures to tell.</summary>
    private const string Unknown = "unknown";

    /// <summary>All ways in which an incident can be explained, as labels.</summary>
    private static readonly (ExplainedBy? By, string Label)[] Ways =
    [
        (null, Unknown), .. Enum.GetValues<ExplainedBy>().Select(by => ((ExplainedBy?)by, PipelineMetrics.SnakeCase(by))),
    ];

    /// <summary>Makes the gauges.</summary>
    public static void AddGauges(Instruments instruments, Func<IEnumerable<PipelineStatistics>> pipelines)
    {
        instruments.Gauge(
            "incidents_explained",
            "Open incidents of properties and titles, by what explains them",
            () => Ways.Select(way => new Sample(All().Sum(one => Of(one.Open, way.By)), way.Label)),
            "explained_by");
        instruments.Gauge(
            "circumstance_properties", "Properties whose views' circumstances are known", () => All().Sum(one => one.Properties));
        instruments.Gauge(
            "circumstance_bytes", "About how much memory the circumstances of views take", () => All().Sum(one => one.Bytes));

        IEnumerable<ExplanationStatistics> All() => pipelines().Select(one => one.Explanations);
    }

    /// <summary>Makes the counters, each with what it counts and its labels.</summary>
    public static IEnumerable<(CounterInstrument Counter, Func<PipelineStatistics, double> Count, string[] Labels)> Counters(
        Instruments instruments)
    {
        var rankings = instruments.Counter(
            "explanation_rankings_total", "How often it was asked what explains an incident, by the answer", "explained_by");
        foreach (var (by, label) in Ways)
            yield return (rankings, one => Of(one.Explanations.Rankings, by), [label]);
        yield return (
            instruments.Counter("explanation_ranking_seconds_total", "Time spent in these questions"),
            one => one.Explanations.RankingTime.TotalSeconds,
            []);
        yield return (
            instruments.Counter("circumstance_properties_evicted_total", "Properties whose circumstances were forgotten to save memory"),
            one => one.Explanations.Evictions,
            []);
    }

    private static long Of(IEnumerable<ExplainedCount> counts, ExplainedBy? by) =>
        counts.Where(count => count.By == by).Sum(count => count.Number);
}
