using Rx.Alerting.Benchmarks.Naive;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Control;

/// <summary>Decoded views to incidents, with silences. The first half of the properties breaks before the measurement.</summary>
internal sealed class SilencedPipeline : IDisposable
{
    private const int BatchViews = 4096;

    private readonly BatchFiller filler;
    private readonly Core.Views.ViewBatch batch;
    private readonly DetectionPipeline pipeline;
    private readonly SplitMix random = new(42);
    private readonly double millisecondsPerView;
    private readonly int broken;
    private readonly int titles;
    private readonly List<Incident> opened = [];
    private long produced;
    private long changes;

    private SilencedPipeline(Arguments arguments)
    {
        (broken, titles) = (arguments.Int("incidents"), arguments.Int("titles"));
        millisecondsPerView = 1000.0 / arguments.Int("rate");
        filler = new BatchFiller(2 * broken, titles);
        batch = filler.NewBatch("partition-0");
        pipeline = new DetectionPipeline(new PipelineOptions
        {
            Windows = new WindowOptions { MaximumProperties = 4 * broken },
            Control = new ControlOptions { MaximumSilences = 1_000_000 },
        });
        pipeline.Changes.Subscribe(change =>
        {
            changes++;
            if (change is { Transition: IncidentTransition.Opened, Incident.VideoId: null })
                opened.Add(change.Incident);
        });
    }

    private DateTimeOffset Now => NaiveTraffic.Begin.AddMilliseconds(produced * millisecondsPerView);

    public static void Run(Arguments arguments)
    {
        using var run = new SilencedPipeline(arguments);
        run.Measure(arguments.Int("views"), arguments.Int("silences"));
    }

    public void Dispose() => pipeline.Dispose();

    private void Measure(int views, int silences)
    {
        var meter = default(NaiveMeter);
        Push(titles * 2, i => (i % titles, 0.01), ref meter, isMeasured: false);
        Push(broken * 1500, i => (i % broken, 0.01), ref meter, isMeasured: false);
        Push(broken * 60, i => (i % broken, 0.9), ref meter, isMeasured: false);
        if (opened.Count < broken * 0.99)
            throw new ChildFailedException($"Only {opened.Count} of {broken} properties have an incident.");
        Silence(silences, TimeSpan.FromMilliseconds(views * millisecondsPerView));
        changes = 0;
        Push(views, _ => Next(), ref meter, isMeasured: true);
        Figures.Write(("incident_changes", changes), ("open", pipeline.Statistics.OpenIncidents));
        meter.Write();
    }

    /// <summary>A tenth of the views is of a property that is broken.</summary>
    private (int Title, double Rate) Next()
    {
        var (isBroken, round) = (random.Next(10) == 0, random.Next(titles / (2 * broken)) * 2 * broken);
        return isBroken ? (round + random.Next(broken), 0.7) : (round + broken + random.Next(broken), 0.01);
    }

    /// <summary>
    /// Half of the silences match an incident each, the others none, or are patterns. Half of them are in force all the time; the others
    /// begin or end in the course of it.
    /// </summary>
    private void Silence(int count, TimeSpan time)
    {
        for (var i = 0; i < count; i++)
        {
            var incident = opened[i % opened.Count];
            var matcher = (i % 200) switch
            {
                0 => new IncidentMatcher($"*-{i % 1000}", ErrorType: "error-?"),
                < 100 => new IncidentMatcher(incident.PropertyId, $"no title {i}"),
                _ => new IncidentMatcher(incident.PropertyId, ErrorType: incident.ErrorType),
            };
            var moment = Now + (time * ((double)i / count));
            var (from, to) = (i % 4) switch
            {
                0 => (moment, Now.AddDays(1)),
                1 => (Now.AddHours(-1), moment.AddMinutes(1)),
                _ => (Now.AddHours(-1), Now.AddDays(1)),
            };
            var outcome = pipeline.Execute(new SilenceCommand($"silence-{i}", "ann", matcher, "why") { StartsAt = from, EndsAt = to });
            if (outcome.Status != CommandStatus.Done)
                throw new ChildFailedException(outcome.Reason!);
        }
    }

    private void Push(int count, Func<int, (int Title, double Rate)> next, ref NaiveMeter meter, bool isMeasured)
    {
        Action push = () => pipeline.OnNext(batch);
        for (var pushed = 0; pushed < count;)
        {
            filler.Clear(batch);
            var size = Math.Min(BatchViews, count - pushed);
            for (var i = 0; i < size; i++, pushed++)
            {
                var (title, rate) = next(pushed);
                filler.Add(batch, Now.ToUnixTimeMilliseconds(), title, random.NextDouble() < rate ? 0 : -1);
                produced++;
            }

            meter.Push(isMeasured, size, push);
        }
    }
}
