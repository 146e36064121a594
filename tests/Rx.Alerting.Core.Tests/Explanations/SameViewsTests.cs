using System.Globalization;
using System.Text;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Explanations;

/// <summary>Lines of an access log that are the same, such as those of a monitor, come into the sample together or not at all.</summary>
public sealed class SameViewsTests
{
    private static readonly long Start = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static readonly AccessLogOptions Log = new() { FailureStatuses = ["500"], Property = "web" };

    private static string Line(int second, string path, int status, string address, string agent)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Start).AddSeconds(second);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{address} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET {path} HTTP/1.1\" {status} 5 \"-\" \"{agent}/1.0\"");
    }

    private static ViewBatch Decode(IEnumerable<string> lines)
    {
        var (batch, decoder) = (new ViewBatch("access.log"), new AccessLogDecoder(Log));
        foreach (var line in lines)
            decoder.Decode(batch, batch.Append(Encoding.UTF8.GetBytes(line)), View.NoArrivalTime);
        return batch;
    }

    private static void Take(FacetState state, int second, IEnumerable<string> lines) =>
        state.Take(FacetPane.Of(Start + (second * 1000L), [Decode(lines)]));

    /// <summary>Lines of people, and those of a monitor: the latter are the same within a second.</summary>
    private static IEnumerable<string> Second(int second, int people, int probes) =>
        Enumerable.Range(0, people).Select(i => Line(second, $"/{i % 50}", 200, $"192.0.2.{i % 250}-{i}", "curl"))
            .Concat(Enumerable.Repeat(Line(second, "/health", 200, "10.0.0.1", "probe"), probes));

    /// <summary>Views that what is kept stands for: those of the monitor, and all.</summary>
    private static (double Probes, double All) Kept(FacetState state)
    {
        var (probes, all) = (0d, 0d);
        var agents = state.Find(KeyHash.Of("web"))!.Values.Of[(int)Dimension.UserAgent];
        foreach (var group in FacetPane.Groups(state, "web").SelectMany(groups => groups))
        {
            for (var row = 0; row < group.Count; row++)
            {
                all += group.ViewsOf(row);
                probes += group.Row(row)[(int)Dimension.UserAgent] == agents.Find("probe"u8) ? group.ViewsOf(row) : 0;
            }
        }

        return (probes, all);
    }

    /// <summary>The part of the monitor is right on average, also if more of its lines come in a second than are kept.</summary>
    [Theory]
    [InlineData(60, 6)]
    [InlineData(60, 20)]
    [InlineData(100, 100)]
    [InlineData(40, 300)]
    public void Take_SameLinesInEachSecond_CountAsManyAsTheyAreOnAverage(int people, int probes)
    {
        const int Windows = 60, Seconds = 60;
        var (seen, all) = (0d, 0d);
        for (var window = 0; window < Windows; window++)
        {
            var state = new FacetState(1 << 30, _ => false);
            for (var second = 0; second < Seconds; second++)
                Take(state, (window * Seconds) + second, Second((window * Seconds) + second, people, probes));
            var kept = Kept(state);
            (seen, all) = (seen + kept.Probes, all + kept.All);
        }

        Assert.InRange(all / (Windows * Seconds * (people + probes)), 0.8, 1.2);
        Assert.InRange(seen / (Windows * Seconds * probes), 0.65, 1.35);
    }

    /// <summary>More lines than are kept of a second, all the same: the failure of one program that asks again and again.</summary>
    [Fact]
    public void Explain_ProgramThatFailsHundredsOfTimesASecondWithTheSameLine_IsNamed()
    {
        var state = new FacetState(1 << 30, _ => false);
        for (var second = 0; second < 700; second++)
        {
            var broken = second < 600 ? [] : Enumerable.Repeat(Line(second, "/api", 500, "10.0.0.9", "loop"), 300);
            Take(state, second, Second(second, 100, 0).Concat([Line(second, "/", 500, $"192.0.2.{second}", "curl")]).Concat(broken));
        }

        var ranking = state.Explain(new(KeyHash.Of("web"), null, KeyHash.Of("500"), Start + 600_000, 0.01));

        Assert.NotNull(ranking);
        Assert.NotEqual(ExplainedBy.None, ranking.By);
        Assert.Contains(ranking.Best[0].Dimensions, one => one.Value is "loop" or "/api");
        Assert.InRange(ranking.Best[0].Share, 0.95, 1);
    }

    [Fact]
    public void Add_SameViewsInAnyOrderAndInParts_AreOneSampleWithTheirNumber()
    {
        var random = new SplitMix(4);
        var lines = Second(0, 300, 200).Concat(Enumerable.Repeat(Line(0, "/x", 500, "10.0.0.9", "loop"), 500)).ToArray();
        var expected = Samples(FacetPane.Of(Start, [Decode(lines)]).Pane!);

        for (var i = 0; i < 20; i++)
        {
            lines = [.. lines.OrderBy(_ => random.Next())];
            var cut = random.Next(lines.Length);
            var (whole, part) = (FacetPane.Of(Start, [Decode(lines[..cut])]).Pane!, FacetPane.Of(Start, [Decode(lines[cut..])]).Pane!);
            whole.Add(part);
            Assert.Equal(expected, Samples(whole));
        }

        Assert.Contains(expected, sample => sample.Views == 500);
    }

    private static List<(int Level, ulong Hash, int Views)> Samples(Pane pane)
    {
        var order = new SampleOrder();
        return
        [
            .. order.Groups(pane).ToList().SelectMany(group =>
                order.Views(pane, group).ConvertAll(sample => (group.Level, sample.Hash, sample.Views))),
        ];
    }

    /// <summary>Records that do not say who they are, and come in the same second.</summary>
    [Fact]
    public void Decode_RecordsWithoutIdOfOneSecond_OneInEightIsSampled()
    {
        var (batch, decoder) = (new ViewBatch("p"), new Rx.Alerting.Core.Views.Mux.MuxJsonDecoder());
        for (var i = 0; i < 800; i++)
        {
            var record = string.Create(
                CultureInfo.InvariantCulture, $$"""{"property_id":"p","view_end":1767225600,"viewer_user_id":"u{{i}}"}""");
            decoder.Decode(batch, batch.Append(Encoding.UTF8.GetBytes(record)), View.NoArrivalTime);
        }

        Assert.InRange(batch.CircumstancesCount, 60, 140);
    }
}
