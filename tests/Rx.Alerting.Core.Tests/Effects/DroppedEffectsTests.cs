using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Effects;

/// <summary>More effects wait for a channel than may wait.</summary>
public sealed class DroppedEffectsTests : CourierScenario
{
    [Fact]
    public void Effects_MoreThanMayWait_AreDroppedForTheSlowChannelOnlyAndSaid()
    {
        var answer = new TaskCompletionSource();
        bad.Before = _ => answer.Task;
        Run(() =>
        {
            for (var i = 0; i < 1010; i++)
                Decide();
            answer.SetResult();
            Commit();
        });

        Assert.Equal(1010, good.Delivered.Count);
        // The first was in the channel's hands already.
        Assert.Equal([1, .. Enumerable.Range(11, 1000)], Sequences(bad));
        Assert.All(events.Where(IsDrop), dropped => Assert.Equal("bad", dropped.Channel));
        Assert.Equal(10, events.Where(IsDrop).Sum(dropped => dropped.Effects));
    }

    /// <summary>So the board misses nothing, though its changes were dropped.</summary>
    [Fact]
    public void Effects_Dropped_MakeTheChannelBeginAgainWithTheHistory()
    {
        var answer = new TaskCompletionSource();
        var beginnings = new List<int>();
        var channel = new ChannelStub
        {
            Begin = beginning =>
            {
                beginnings.Add(beginning.History.Count);
                return beginnings.Count == 1 ? Task.CompletedTask : answer.Task;
            },
            Deliver = effects => throw new IOException("down"),
        };
        Run(
            () =>
            {
                for (var i = 0; i < 1001; i++)
                {
                    outbox.Add(Change());
                    history.Add(IncidentSamples.Sample($"{i}"));
                }

                Commit();
                Pass(Options.RetryInterval);
            },
            channel);

        Assert.Equal([0, 1001], beginnings);
    }
}
