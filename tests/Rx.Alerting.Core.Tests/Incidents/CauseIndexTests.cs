using System.Text;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Incidents;

/// <summary>Open incidents are found by their cause.</summary>
public sealed class CauseIndexTests
{
    private const int Most = 20;

    private long latest;

    /// <summary>Opens an incident. A property has one for each error type.</summary>
    private OpenIncident Open(CauseIndex index, int property, string? cause, int type)
    {
        var incident = Incident(property, type);
        incident.Sequence = ++latest;
        Explain(index, incident, cause);
        return incident;
    }

    private static void Explain(CauseIndex index, OpenIncident incident, string? cause)
    {
        index.Remove(incident);
        incident.Explained.Set(cause is null ? ExplainedBy.None : ExplainedBy.Cause, cause is null ? [] : [Slice(cause)]);
        index.Add(incident);
    }

    private static Explanation Slice(string cdn) => new()
    {
        Dimensions = [new("cdn", cdn)],
        Share = 1,
        ErrorRate = 1,
        NormalRate = 0.1,
        Lift = 10,
        Views = 10,
        AffectedViews = 10,
    };

    private static OpenIncident Incident(int property, int type) => new(
        new SeriesId(PropertySeries.New(
            new(Bytes($"p{property}"), (ulong)property), Bytes($"type {type}"), (ulong)type, largest: 1000, new BaselineOptions())),
        slot: 60_000)
    {
        StartedAt = 0,
        WindowStartedAt = 0,
        OpenedAt = 0,
        OpeningTime = 0,
        OpenedPosition = 0,
        OpeningViews = 0,
        Threshold = 0,
        ErrorDescription = "",
        SeenPosition = 0,
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void Like_AfterAnyChanges_IsWhatALookAtAllWouldFind()
    {
        var (random, index, open) = (new SplitMix(3), new CauseIndex(), new List<OpenIncident>());
        for (var i = 0; i < 3000; i++)
        {
            string?[] causes = ["a", "b", "c", null];
            var cause = causes[random.Next(4)];
            switch (random.Next(3))
            {
                case 0 when open.Count > 50:
                    var ended = open[random.Next(open.Count)];
                    index.Remove(ended);
                    open.Remove(ended);
                    break;
                case 1 when open.Count > 0:
                    Explain(index, open[random.Next(open.Count)], cause);
                    break;
                default:
                    open.Add(Open(index, random.Next(30), cause, i));
                    break;
            }

            var one = open[random.Next(open.Count)];
            var expected = open.Where(other => one.Explained.Cause is { } known && other.Explained.Cause == known
                && other.Series.PropertyHash != one.Series.PropertyHash).Take(Most);
            Assert.Equal(expected, index.Like(one, Most));
        }
    }

    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(1, 10_000)]
    [InlineData(100, 100)]
    public void Like_TenThousandOpenIncidentsOfOneCause_LooksAtFewForEach(int properties, int types)
    {
        var index = new CauseIndex();
        for (var i = 0; i < properties * types; i++)
            index.Like(Open(index, i % properties, "fastly", i), Most);

        Assert.InRange(index.LookedAt, 0, (long)properties * types * Most * Most);
    }
}
