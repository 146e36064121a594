using System.Globalization;
using System.Reactive.Linq;
using System.Text.Json;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Simulation;

public sealed class SimulatedViewSourceTests
{
    private static readonly SimulationOptions Options = SimulationOptions.Demo with { Views = 864_000, Partitions = 3 };

    [Fact]
    public async Task Read_Speed_PacesEventTimeByTheClock()
    {
        var clock = new ManualClock();

        var batches = await Take(Options, clock, [], 200);

        var times = batches.SelectMany(batch => batch.Times).ToList();
        var eventTime = (times.Max() - times.Min()) / 1000.0;
        Assert.InRange(eventTime / clock.Elapsed.TotalSeconds, 0.85 * Options.Speed, 1.3 * Options.Speed);
    }

    [Fact]
    public async Task Read_SameOptions_GivesTheSameBatches()
    {
        var first = await Take(Options, new ManualClock(), [], 50);
        var second = await Take(Options, new ManualClock(), [], 50);

        Assert.Equal(first.Select(batch => batch.Text), second.Select(batch => batch.Text));
        Assert.Equal(["simulated-0", "simulated-1", "simulated-2"], first.Select(batch => batch.Partition).Distinct().Order());
    }

    [Fact]
    public async Task Read_FromPositions_GoesOnWhereTheyAre()
    {
        var whole = await Take(Options with { Partitions = 1 }, new ManualClock(), [], 40);
        var half = whole[19];

        var rest = await Take(Options with { Partitions = 1 }, new ManualClock(), new() { [half.Partition] = half.Position }, 20);

        Assert.Equal(whole.Skip(20).Select(batch => (batch.Text, batch.Position)), rest.Select(batch => (batch.Text, batch.Position)));
    }

    [Fact]
    public async Task Read_ConsumerFallsBehind_IsNotMadeToCatchUp()
    {
        var clock = new ManualClock();
        var source = new SimulatedViewSource(Options, new MinimalDecoder(), clock);
        var times = new List<TimeSpan>();

        await source.Read(new Dictionary<string, string>())
            .Do(_ =>
            {
                times.Add(clock.Elapsed);
                if (times.Count == 30)
                    clock.Pass(TimeSpan.FromMinutes(10));
            })
            .Take(200);

        Assert.InRange((times[^1] - times[40]).TotalSeconds, 1, 20);
    }

    private static async Task<IList<Batch>> Take(SimulationOptions options, ManualClock clock, Dictionary<string, string> positions, int batches) =>
        await new SimulatedViewSource(options, new MinimalDecoder(), clock).Read(positions)
            .Select(batch => new Batch(
                batch.Partition,
                batch.Position!,
                System.Text.Encoding.UTF8.GetString(batch.Text, 0, batch.TextLength),
                batch.Views.ToArray().Select(view => view.EventTime).ToList()))
            .Take(batches)
            .ToList();

    private sealed record Batch(string Partition, string Position, string Text, List<long> Times);

    /// <summary>As much of decoding as these tests need.</summary>
    private sealed class MinimalDecoder : IViewDecoder
    {
        public void Decode(ViewBatch batch, TextRange record, long arrivalTime)
        {
            using var json = JsonDocument.Parse(batch.String(record));
            var end = DateTimeOffset.Parse(json.RootElement.GetProperty("view_end").GetString()!, CultureInfo.InvariantCulture);
            batch.Add(new View { EventTime = end.ToUnixTimeMilliseconds(), ArrivalTime = arrivalTime, Failure = -1 });
        }
    }
}
