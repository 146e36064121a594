using System.Diagnostics;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>How long changes took, from the record that completes the evidence to the receiver.</summary>
/// <remarks>
/// A change is decided at the end of a pane, which is its time. The pane is released by the first record at or after that time plus
/// <c>EventTime:MaximumOutOfOrderness</c>. Panes end with a second, so that record is the first of a second.
/// </remarks>
internal sealed class Latencies
{
    private readonly List<(IncidentTransition Transition, long Sent, long Decided, long Received)> changes = [];

    /// <param name="producer">Knows when each second was sent.</param>
    /// <param name="decisions">When each change was decided.</param>
    /// <param name="received">When each change came.</param>
    /// <param name="delay">Seconds of event time by which views may be out of order.</param>
    /// <param name="first">The first second that counts.</param>
    /// <param name="end">The second before which the last ends that counts.</param>
    /// <exception cref="ChildFailedException">The times contradict each other, or a change did not come.</exception>
    public Latencies(
        LiveProducer producer, DecisionTimes decisions, IReadOnlyList<(EffectId Id, long At)> received, int delay, int first, int end)
    {
        var came = received.ToDictionary(effect => effect.Id, effect => effect.At);
        foreach (var id in decisions.All)
        {
            var completed = LiveProducer.SecondOf(id.At!.Value) + delay;
            if (completed < first || completed >= end)
                continue;
            var (sent, decided) = (producer.SentAt(completed), decisions.Of(id));
            if (decided < sent)
                throw new ChildFailedException("A change was decided before the record was sent that completes its evidence.");
            if (!came.TryGetValue(id, out var at))
                throw new ChildFailedException("A change was decided and did not come.");
            changes.Add((id.Transition!.Value, sent, decided, at));
        }
    }

    /// <summary>What is measured, by the name of its figures: the whole way, and its two parts.</summary>
    public static IReadOnlyList<(string Figure, string Name)> Rows { get; } =
    [
        ("all", "record to receiver"), ("opened", "– opened"), ("updated", "– updated"), ("closed", "– closed"),
        ("to_decision", "of that: record to decision"), ("to_receiver", "of that: decision to receiver"),
    ];

    public int Count => changes.Count;

    /// <summary>Prints the figures of all <see cref="Rows"/>, in milliseconds.</summary>
    public void Write()
    {
        Write("all", [.. changes.Select(change => Milliseconds(change.Sent, change.Received))]);
        Write("opened", Of(IncidentTransition.Opened));
        Write("updated", Of(IncidentTransition.Updated));
        Write("closed", Of(IncidentTransition.Closed));
        Write("to_decision", [.. changes.Select(change => Milliseconds(change.Sent, change.Decided))]);
        Write("to_receiver", [.. changes.Select(change => Milliseconds(change.Decided, change.Received))]);
    }

    private List<double> Of(IncidentTransition transition) =>
        [.. changes.Where(change => change.Transition == transition).Select(change => Milliseconds(change.Sent, change.Received))];

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static void Write(string figure, List<double> values) => Figures.Write(
        (figure + "_n", values.Count), (figure + "_p50", Quantile.Of(values, 0.5)), (figure + "_p90", Quantile.Of(values, 0.9)),
        (figure + "_p99", Quantile.Of(values, 0.99)), (figure + "_max", values.Max()));
}
