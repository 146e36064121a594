using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Channels;

public sealed class DeliveryLogTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly FakeLogger<DeliveryLog> log = new();
    private readonly PipelineHealth health = new(new WatchedStream("test", "a stream", new WholeStream("script", ScriptedSource.Silent)));
    private readonly DeliveryLog deliveries;

    public DeliveryLogTests() => deliveries = new(health, clock, log);

    [Fact]
    public void Failure_WhileItLasts_IsToldOnceAMinuteAndWhenItEnds()
    {
        for (var attempt = 1; attempt <= 90; attempt++)
        {
            Fail("no route", attempt);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Contains("test/script cannot tell slack what has changed: no route", health.Description, StringComparison.Ordinal);
        Take(CourierEventKind.Delivered, 3);
        Take(CourierEventKind.Delivered, 1);

        Assert.DoesNotContain("no route", health.Description, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Channel slack does not take what test/script has to tell (attempt 1); tried again until it does: no route",
                "Channel slack does not take what test/script has to tell (attempt 61); tried again until it does: no route",
                "Channel slack takes what test/script has to tell again, after 90000 ms",
            ],
            Lines());
    }

    [Fact]
    public void Failure_OfAnotherKind_IsToldAtOnce()
    {
        Fail("no route", 1);
        Fail("token revoked", 2);
        Assert.Equal(2, Lines().Count);
    }

    [Fact]
    public void Effects_ThatAreDropped_AreCountedAndToldOnceAMinute()
    {
        Take(CourierEventKind.Dropped, 1, dropped: 1);
        Take(CourierEventKind.Dropped, 10, dropped: 11);
        Take(CourierEventKind.Dropped, 20, dropped: 31);
        clock.Advance(TimeSpan.FromMinutes(1));
        Take(CourierEventKind.Dropped, 5, dropped: 36);

        Assert.Collection(
            Lines(),
            line => Assert.Contains("will not be told 1 changes of test/script", line, StringComparison.Ordinal),
            line => Assert.EndsWith("will not be told 35 changes of test/script, the oldest ones: more than Effects:MaximumWaiting "
                + "were waiting for it. In all it has missed 36", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 1)]
    public void Channel_ThatIsGone_IsToldIfSomethingWasWaitingForIt(int waiting, int lines)
    {
        Take(CourierEventKind.Retired, waiting);
        Assert.Equal(lines, Lines().Count);
    }

    private List<string> Lines() => [.. log.Collector.GetSnapshot().Select(record => record.Message)];

    private void Fail(string problem, int attempt)
    {
        var cursor = new ChannelCursor("slack", 0) { Attempts = attempt };
        deliveries.Take(new("test/script", "slack", CourierEventKind.Failed, 1, cursor) { Problem = new IOException(problem) });
    }

    private void Take(CourierEventKind kind, int effects, int dropped = 0) =>
        deliveries.Take(new("test/script", "slack", kind, effects, new("slack", 5) { Dropped = dropped }));
}
