using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Formats;
using Rx.Alerting.Connectors.Simulation.Scoring;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views.Mux;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Simulation;

/// <summary>What the detector finds in labelled traffic. Over more seeds, see <c>make score</c>.</summary>
public sealed class DetectionQualityTests(ITestOutputHelper output)
{
    /// <summary>
    /// Three seeds have a thousand property-days, in which chance alone can double the false alarms. Their rate is required of the eight
    /// seeds of <c>make score</c>.
    /// </summary>
    private static readonly ScoreOptions Required = new()
    {
        AllowedFalseAlarms = 1,
        AllowedIncidentsMedian = 1000,
        AllowedIncidentsP95 = 1000,
        AllowedEndMedian = TimeSpan.FromDays(365),
        AllowedEndP90 = TimeSpan.FromDays(365),
        AllowedChangesMedian = 1000,
        AllowedExplainedShare = 1,
    };

    [Fact]
    public void Detect_MillionsOfViewsOverFourteenDays_FindsWhatIsRequired()
    {
        var report = Scorer.Score([Detect(201), Detect(202), Detect(203)], Required);

        output.WriteLine(ScoreText.Render(report, verbose: true));
        Assert.Empty(report.Shortcomings);
        Assert.True(report.Properties.Labels >= 50 && report.Titles.Labels >= 50, "too few labels to tell anything");
    }

    private static ScoredTraffic Detect(int seed)
    {
        var options = new SimulationOptions { Seed = seed, Views = 1_000_000, Days = 14 };
        var generator = new TrafficGenerator(options);
        var partition = new SimulatedPartition(
            0, new MuxJsonEncoder(generator.World), new MuxJsonDecoder(), new Dictionary<string, string>());
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        var incidents = new Dictionary<string, ScoredIncident>();
        using var subscription = pipeline.Changes.Subscribe(change =>
            incidents[change.Incident.Id] = State(change.Incident, incidents.GetValueOrDefault(change.Incident.Id)?.Changes ?? 0));

        while (generator.TryNext(out var slice))
        {
            foreach (ref readonly var view in slice)
                partition.Add(view, generator.Time);
            partition.Push(pipeline, OpenGate.Instance, CancellationToken.None);
        }

        pipeline.OnCompleted();
        Assert.Equal((0L, 0L), (pipeline.Statistics.Late, pipeline.Statistics.Rejected.Sum()));
        return new ScoredTraffic(
            $"seed {seed}",
            generator.Labels,
            [.. incidents.Values],
            (double)options.Properties * options.Days,
            options.Start.AddDays(options.Days));
    }

    private static ScoredIncident State(Incident incident, int changesBefore) => new()
    {
        Id = incident.Id,
        PropertyId = incident.PropertyId,
        VideoId = incident.VideoId,
        ErrorType = incident.ErrorType,
        StartedAt = incident.StartedAt,
        ResolvedAt = incident.ResolvedAt,
        Description = incident.Description,
        ParentId = incident.ParentId,
        Inhibited = incident.Inhibited,
        Changes = changesBefore + 1,
    };
}
