using System.Collections;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Connectors.Tests.Charts;

public sealed class RatePictureTests
{
    private const int Red = 0xCF222E;
    private const int Amber = 0x9A6700;
    private const int Grey = 0x59636E;
    private const int Green = 0x1A7F37;
    private const int White = 0xFFFFFF;

    [Fact]
    public void Draw_Incident_ShowsRateWhatIsNormalStartAndEnd()
    {
        var open = Course(0.2, 0.8, 0.4);
        var png = Read(open);

        Assert.Equal((1200, 360), (png.Width, png.Height));
        Assert.InRange(png.Count(White), 1200 * 360 / 2, 1200 * 360);
        Assert.InRange(png.Count(Red), 1_000, 10_000);
        var unknown = Read(open with { ExpectedValue = null });
        Assert.InRange(unknown.Count(Amber), 500, 5_000);
        Assert.Equal(0, png.Count(Amber));
        Assert.InRange(png.Count(Grey) - unknown.Count(Grey), 500, 5_000);
        Assert.Equal(0, png.Count(Green));
        Assert.InRange(Read(open with { ResolvedAt = IncidentSamples.Start.AddMinutes(1) }).Count(Green), 200, 3_000);
    }

    /// <summary>The axis ends with 100 %: its top is at row 60, 0 % at row 284; the line begins at column 104.</summary>
    [Theory]
    [InlineData(1, 60)]
    [InlineData(0.75, 116)]
    [InlineData(0.5, 172)]
    public void Draw_ConstantRate_IsALineAtItsHeight(double rate, int row)
    {
        var png = Read(Course(1, rate, rate, rate, rate) with { Threshold = double.NaN });
        Assert.All(Enumerable.Range(600, 500), x => Assert.Equal(Red, png.At(x, row)));
    }

    [Fact]
    public void Draw_SameIncident_GivesTheSameBytes() =>
        Assert.Equal(RatePicture.Draw(Course(0.1, 0.9, 0.3)), RatePicture.Draw(Course(0.1, 0.9, 0.3)));

    [Fact]
    public void Draw_OtherRates_GiveAnotherPicture() =>
        Assert.NotEqual(RatePicture.Draw(Course(0.1, 0.9, 0.3)), RatePicture.Draw(Course(0.1, 0.8, 0.3)));

    [Fact]
    public void Draw_NoPointWithViews_GivesNone() => Assert.Equal(
        (null, null),
        (RatePicture.Draw(Course()), RatePicture.Draw(Course() with { Timeline = [new(IncidentSamples.Start, 0, 0)] })));

    [Fact]
    public void Draw_OnePoint_IsADot() => Assert.InRange(Read(Course(0.86)).Count(Red), 100, 2_000);

    [Fact]
    public void Draw_TenThousandPoints_IsQuickAndSmall()
    {
        var random = new SplitMix(1);
        var many = Course([.. Enumerable.Range(0, 10_000).Select(_ => random.Next(1000) / 1000.0)]);
        var png = RatePicture.Draw(many)!;
        Assert.InRange(png.Length, 1_000, 100_000);
        Assert.InRange(new ReadPng(png).Count(Red), 100_000, 300_000);
    }

    public static TheoryData<Incident> Odd =>
    [
        Course(0, 0, 0) with { Threshold = 0 },
        Course(1, 1, 1) with { Threshold = 1 },
        Course(0.5, 0.5) with { Threshold = double.NaN },
        Course(0.5, 0.5) with { Threshold = double.PositiveInfinity },
        Course(0.5, 0.5) with { Threshold = -1 },
        Course(1e-9, 1e-9) with { Threshold = 1e-9 },
        Course(0.5, 0.5) with { ResolvedAt = IncidentSamples.Start },
        Course(0.5, 0.5) with { ResolvedAt = DateTimeOffset.MinValue, StartedAt = DateTimeOffset.MaxValue },
        Course(0.5) with { Timeline = [new(DateTimeOffset.MaxValue, 5, 9), new(DateTimeOffset.MinValue, 7, -5), new(default, -1, 3)] },
        Course(0.5) with { Timeline = [.. Enumerable.Repeat(new TimelinePoint(IncidentSamples.Start, long.MaxValue, long.MaxValue), 99)] },
    ];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Draw_OddIncident_IsAPictureAllTheSame(Incident odd) =>
        Assert.InRange(Read(odd).Count(Red), 10, 50_000);

    [Fact]
    public void TryDraw_FaultOfThisProgram_CostsThePictureOnlyAndIsLogged()
    {
        var log = new FakeLogger();
        Assert.Null(RatePicture.TryDraw(Course() with { Timeline = new Broken() }, log));
        Assert.Equal("The picture of incident a cannot be drawn, so it is told without", log.LatestRecord.Message);
        Assert.NotNull(RatePicture.TryDraw(Course(0.5), NullLogger.Instance));
    }

    private static ReadPng Read(Incident incident) => new(RatePicture.Draw(incident)!);

    private static Incident Course(params double[] rates) => IncidentSamples.Sample("a") with
    {
        Timeline = [.. rates.Select((rate, i) => new TimelinePoint(IncidentSamples.Start.AddMinutes(i), 100_000, (long)(100_000 * rate)))],
    };

    private sealed class Broken : IReadOnlyList<TimelinePoint>
    {
        public int Count => throw new InvalidOperationException("Broken.");

        public TimelinePoint this[int index] => throw new InvalidOperationException("Broken.");

        public IEnumerator<TimelinePoint> GetEnumerator() => throw new InvalidOperationException("Broken.");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
