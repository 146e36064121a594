using System.Text;
using System.Text.Json;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class EventLogTests
{
    private readonly BoardMirror mirror = new(pipeline => pipeline == "ours");
    private readonly EventLog log;

    public EventLogTests() => log = new(mirror);

    [Fact]
    public void Read_BeforeTheBoardWasRead_WaitsForIt()
    {
        var reading = log.Read(EventId.Parse("7-0"));

        Assert.Null(reading.Position);
        Assert.False(reading.Next.IsCompleted);
        Apply("9-0", isWhole: true);
        Assert.True(reading.Next.IsCompleted);
    }

    /// <summary>The first reading of a mirror is whole. Should one not be, nothing is known of what was before it.</summary>
    [Fact]
    public void Read_BehindAFirstReadingThatIsNotWhole_IsReset()
    {
        Apply("9-0", ids: "a");

        Assert.True(log.Read(EventId.Parse("8-0")).IsReset);
        Assert.False(log.Read(EventId.Parse("9-0")).IsReset);
    }

    /// <summary>Ids of the incidents that an event says have changed.</summary>
    private static IEnumerable<string> Changed(IncidentEvent told) => Changed(told, null);

    private static IEnumerable<string> Changed(IncidentEvent told, EventId? since)
    {
        var text = Encoding.UTF8.GetString(told.For(new(new BoardMirror(_ => true), PropertyScope.All), since).Span);
        var data = text.Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..];
        var changed = JsonDocument.Parse(data).RootElement.GetProperty("changed");
        return changed.EnumerateArray().Select(one => one.GetProperty("id").GetString()!);
    }

    [Fact]
    public void Read_BehindAnId_GivesWhatCameSince()
    {
        Apply("10-0", isWhole: true);
        Apply("11-0", ids: "a");
        Apply("12-0", ids: "b");
        Apply("13-0", ids: "c");

        var reading = log.Read(EventId.Parse("11-0"));

        Assert.Equal(["b", "c"], reading.Events.SelectMany(Changed));
        Assert.Equal(EventId.Parse("13-0"), reading.Position);
        Assert.False(reading.IsReset);
    }

    [Fact]
    public void Read_IdBetweenTwoReadings_OfAnotherProcess_MissesNothing()
    {
        Apply("10-0", isWhole: true);
        Apply("20-5", ids: ["a", "b"]);

        var told = Assert.Single(log.Read(EventId.Parse("20-3")).Events);

        Assert.Equal(["a", "b"], Changed(told));
    }

    /// <summary>Another process has read the board between the two changes.</summary>
    [Fact]
    public void Read_IdBetweenTwoChangesOfAReading_GivesEachOnce()
    {
        Apply("10-0", isWhole: true);
        mirror.Apply(new("12-0", false, [Entry("a"), Entry("b")], [], Parts)
        {
            Positions = new Dictionary<(string, string), string> { [("ours", "a")] = "11-0", [("ours", "b")] = "12-0" },
        });

        Assert.Equal(["a", "b"], ChangedSince("10-0"));
        Assert.Equal(["b"], ChangedSince("11-0"));
        Assert.Empty(ChangedSince("12-0"));
    }

    /// <summary>Another process has read more of the board. This one reads it, too, in a moment.</summary>
    [Fact]
    public void Read_IdThatIsAheadOfThisProcess_SaysSo()
    {
        Apply("10-0", isWhole: true);
        Assert.True(log.Read(EventId.Parse("11-0")).IsAhead);

        Apply("11-0", ids: "a");

        Assert.False(log.Read(EventId.Parse("11-0")).IsAhead);
        Assert.False(log.Read(EventId.Parse("9-0")).IsAhead);
    }

    [Theory]
    [InlineData("9-9")]
    [InlineData("11-1")]
    public void Read_IdThatIsNotOfThisLog_IsReset(string id)
    {
        Apply("10-0", isWhole: true);
        Apply("11-0", ids: "a");

        Assert.True(log.Read(EventId.Parse(id)).IsReset);
    }

    [Fact]
    public void Read_AfterTheBoardWasReadAnew_IsReset()
    {
        Apply("10-0", isWhole: true);
        Apply("15-0", isWhole: true);

        Assert.True(log.Read(EventId.Parse("10-0")).IsReset);
        Assert.False(log.Read(EventId.Parse("15-0")).IsReset);
    }

    [Fact]
    public void Read_SlowListener_IsResetAndTheLogStaysBounded()
    {
        Apply("1-0", isWhole: true);
        for (var number = 2; number <= EventLog.Most + 10; number++)
            Apply($"{number}-0", ids: "a");

        Assert.True(log.Read(EventId.Parse("1-0")).IsReset);
        Assert.Equal(EventLog.Most, log.Read(EventId.Parse("10-0")).Events.Count);
    }

    [Fact]
    public void Read_ChangeOfVeryMany_IsReset()
    {
        Apply("1-0", isWhole: true);
        Apply("2-0", ids: [.. Enumerable.Range(0, EventLog.MostIncidents + 1).Select(number => $"{number}")]);

        Assert.True(log.Read(EventId.Parse("1-0")).IsReset);
    }

    [Fact]
    public void Read_ChangesOfAnotherStream_AreNoEvents()
    {
        Apply("1-0", isWhole: true);
        mirror.Apply(new("2-0", false, [BoardEncoding.Encode("theirs", IncidentSamples.Sample("x"))], [("theirs", "y")], Parts));

        var reading = log.Read(EventId.Parse("1-0"));

        Assert.Empty(reading.Events);
        Assert.False(reading.IsReset);
        Assert.Equal(EventId.Parse("2-0"), reading.Position);
    }

    private List<string> ChangedSince(string id)
    {
        var since = EventId.Parse(id);
        return [.. log.Read(since).Events.SelectMany(told => Changed(told, since))];
    }

    private static BoardEntry Entry(string id) => BoardEncoding.Encode("ours", IncidentSamples.Sample(id));

    private static Dictionary<string, long> Parts => [];

    private void Apply(string position, bool isWhole = false, params string[] ids) => mirror.Apply(new(
        position, isWhole, [.. ids.Select(Entry)], [], Parts));
}
