using System.Reactive.Linq;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views.Mux;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Simulation;

public sealed class SimulatedViewSourceTests
{
    private static readonly SimulationOptions Options = SimulationOptions.Demo with { Views = 864_000, Partitions = 3 };

    [Fact]
    public async Task Read_Speed_PacesEventTimeByTheClock()
    {
        var clock = new JumpingTimeProvider();

        var batches = await Take(Options, clock, [], 200);

        var times = batches.SelectMany(batch => batch.Times).ToList();
        var eventTime = (times.Max() - times.Min()) / 1000.0;
        Assert.InRange(eventTime / clock.Elapsed.TotalSeconds, 0.85 * Options.Speed, 1.3 * Options.Speed);
    }

    [Fact]
    public async Task Read_SameOptions_GivesTheSameBatches()
    {
        var first = await Take(Options, new JumpingTimeProvider(), [], 50);
        var second = await Take(Options, new JumpingTimeProvider(), [], 50);

        Assert.Equal(first.Select(batch => batch.Text), second.Select(batch => batch.Text));
        Assert.Equal(["simulated-0", "simulated-1", "simulated-2"], first.Select(batch => batch.Partition).Distinct().Order());
    }

    [Fact]
    public async Task Read_FromPositions_GoesOnWhereTheyAre()
    {
        var whole = await Take(Options with { Partitions = 1 }, new JumpingTimeProvider(), [], 40);
        var half = whole[19];

        var rest = await Take(Options with { Partitions = 1 }, new JumpingTimeProvider(), new() { [half.Partition] = half.Position }, 20);

        Assert.Equal(whole.Skip(20).Select(batch => (batch.Text, batch.Position)), rest.Select(batch => (batch.Text, batch.Position)));
    }

    [Fact]
    public async Task Read_ConsumerFallsBehind_IsNotMadeToCatchUp()
    {
        var clock = new JumpingTimeProvider();
        var source = new SimulatedViewSource(Options, new MuxJsonDecoder(), clock);
        var times = new List<TimeSpan>();

        await source.Read(new Dictionary<string, string>(), OpenGate.Instance)
            .Do(_ =>
            {
                times.Add(clock.Elapsed);
                if (times.Count == 30)
                    clock.Advance(TimeSpan.FromMinutes(10));
            })
            .Take(200);

        Assert.InRange((times[^1] - times[40]).TotalSeconds, 1, 20);
    }

    private static async Task<IList<Batch>> Take(
        SimulationOptions options,
        JumpingTimeProvider clock,
        Dictionary<string, string> positions,
        int batches) =>
        await new SimulatedViewSource(options, new MuxJsonDecoder(), clock).Read(positions, OpenGate.Instance)
            .Where(batch => batch.ViewCount > 0)
            .Select(batch => new Batch(
                batch.Partition,
                batch.Position!,
                System.Text.Encoding.UTF8.GetString(batch.Text, 0, batch.TextLength),
                batch.Views.ToArray().Select(view => view.EventTime).ToList()))
            .Take(batches)
            .ToList();

    private sealed record Batch(string Partition, string Position, string Text, List<long> Times);

    [Fact]
    public async Task Read_Demo_WithinThirtySecondsIncidentsOpenAndClose()
    {
        var clock = new JumpingTimeProvider();
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        var changes = new List<IncidentChange>();
        using var subscription = pipeline.Changes.Subscribe(changes.Add);

        await new SimulatedViewSource(
            SimulationOptions.Demo, new MuxJsonDecoder(), clock).Read(new Dictionary<string, string>(), OpenGate.Instance)
            .TakeWhile(_ => clock.Elapsed < TimeSpan.FromSeconds(25))
            .Do(pipeline.OnNext)
            .LastAsync();

        var told = string.Join(
            "\n", changes.Select(change => $"{change.Transition} {change.Incident.UpdatedAt:u} {change.Incident.Description}"));
        Assert.Equal(0, pipeline.Statistics.Rejected.Sum());
        Assert.Equal(0, pipeline.Statistics.Late);
        Assert.True(changes.Count(change => change.Transition == IncidentTransition.Opened) >= 3, told);
        Assert.Contains(changes, change => change.Transition == IncidentTransition.Closed);
    }
}
