using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tries;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Tries;

/// <summary>What a page says of a run cannot be read as something else.</summary>
public sealed class TryWordsTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly TriedRun Run = new(
        "a", "shop", "3d", "1d", [], "ann", From, "a script", From, From.AddDays(1), From.AddDays(4),
        new TryProgress(10, 10, 0, null, null, TimeSpan.Zero), SeesAll: true, null, null);

    [Theory]
    [InlineData(3, 2, 0, 0, "3 alerts, 2 warnings")]
    [InlineData(1, 0, 0, 5, "1 alert; not counted: 5 that had opened before")]
    [InlineData(0, 1, 2, 1, "1 warning; not counted: 2 parts of these, 1 that had opened before")]
    [InlineData(0, 0, 0, 1, "not counted: 1 that had opened before")]
    [InlineData(0, 0, 0, 0, "")]
    public void Kinds_AddUpToTheCount_AndSayWhatIsNotCounted(int alerts, int warnings, int parts, int before, string words)
    {
        var incidents = Enumerable.Range(0, alerts + warnings).Select(number => IncidentSamples.Sample(
            $"{number}", severity: number < alerts ? IncidentSeverity.Alert : IncidentSeverity.Warning));

        Assert.Equal(words, TryWords.Kinds(new([.. incidents], parts, before)));
    }

    [Fact]
    public void End_IsSaidAsItIs()
    {
        var closed = IncidentSamples.Sample("a", IncidentStatus.Closed);

        Assert.Equal("closed", TryWords.End(closed));
        Assert.Equal("taken as normal", TryWords.End(closed with { Reason = IncidentReason.AcceptedAsNormal }));
        Assert.Equal("expired", TryWords.End(closed with { Status = IncidentStatus.Expired }));
    }

    /// <summary>What is before the first view cannot be read, so it is no part of what was read.</summary>
    [Theory]
    [InlineData(3, 3, 0)]
    [InlineData(3, 3.5, 0.5)]
    [InlineData(3, 4, 1)]
    [InlineData(0, 1, 0.25)]
    [InlineData(-1, 1, 0.25)]
    public void Share_IsThatOfWhatThereIsToRead(double first, double reached, double share)
    {
        var progress = Run.Progress with { First = From.AddDays(first), Reached = From.AddDays(reached) };

        Assert.Equal(share, (Run with { Progress = progress }).Share, 9);
        Assert.Equal(0, Run.Share);
    }
}
