using Rx.Alerting.Core.Effects;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Effects;

/// <summary>Channels that hang, fail or are slow.</summary>
public sealed class CouriersTests : CourierScenario
{
    [Fact]
    public void Channel_HangsForTenMinutes_DelaysNobodyAndCatchesUpInOrder() => Run(() =>
    {
        var answer = new TaskCompletionSource();
        bad.Before = _ => answer.Task;
        for (var minute = 1; minute <= 10; minute++)
        {
            Decide();
            Assert.Equal(minute, good.Delivered.Count);
            Pass(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(bad.Delivered);
        Assert.Equal(10, outbox.Log.Count);
        Assert.Equal("it has not answered within 30s", Assert.Single(events, IsFailure).Problem!.Message);

        answer.SetResult();
        Commit();

        Assert.Equal(Sequences(good), Sequences(bad));
        Assert.Empty(outbox.Log);
    });

    [Fact]
    public void Channel_Throws_IsTriedAgainLessAndLessOften() => Run(() =>
    {
        var attempts = new List<double>();
        bad.Before = _ =>
        {
            attempts.Add((clock.GetUtcNow() - IncidentSamples.Start).TotalSeconds);
            throw new InvalidOperationException("no route");
        };
        Decide();
        for (var second = 0; second < 200; second++)
            Pass(TimeSpan.FromSeconds(1));

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 123, 183], attempts);
        Assert.Equal(9, Cursor("bad").Attempts);
        Assert.Equal(IncidentSamples.Start.AddSeconds(243), Cursor("bad").NextAttempt);
        Assert.Single(good.Delivered);
    });

    [Fact]
    public void Channel_AnswersAgain_GetsEverythingOnce() => Run(() =>
    {
        var failures = 2;
        bad.Before = async _ =>
        {
            await Task.Yield();
            if (failures-- > 0)
                throw new IOException("reset by peer");
        };
        Decide();
        Decide();
        Pass(TimeSpan.FromSeconds(5));
        Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(Sequences(good), Sequences(bad));
        Assert.Equal(new ChannelCursor("bad", 2), Cursor("bad"));
        Assert.Equal(2, events.Count(IsFailure));
    });

    [Fact]
    public void Channel_GivesUpWhenItTakesTooLong_IsAskedAgain() => Run(() =>
    {
        bad.Before = async cancel => await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
        Decide();
        Pass(Options.DeliveryTimeout);
        bad.Before = _ => Task.CompletedTask;
        Pass(Options.RetryInterval);

        Assert.Single(bad.Delivered);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Channel_SaysThatItHasDeliveredWhatItWasNotGiven_HasFailed(int delivered)
    {
        var channel = new ChannelStub { Deliver = _ => delivered };
        Run(() => Decide(), channel);

        Assert.Equal(
            $"The channel “stub” says that it has delivered {delivered} of 1 changes.",
            Assert.Single(events, IsFailure).Problem!.Message);
    }

    [Fact]
    public void Channel_TakesAPart_GetsTheRestAtOnce()
    {
        var sizes = new List<int>();
        var channel = new ChannelStub
        {
            Deliver = effects =>
            {
                sizes.Add(effects.Count);
                return 1;
            },
        };
        Run(
            () =>
            {
                for (var i = 0; i < 3; i++)
                    outbox.Add(Change());
                Commit();
            },
            channel);

        Assert.Equal([3, 2, 1], sizes);
        Assert.DoesNotContain(events, IsFailure);
    }

    [Fact]
    public void Channel_CannotBegin_GetsNothingBeforeItCan()
    {
        var began = 0;
        var channel = new ChannelStub
        {
            Begin = _ => began++ > 0 ? Task.CompletedTask : Task.FromException(new IOException("not yet")),
            Deliver = effects => effects.Count,
        };
        Run(
            () =>
            {
                Decide();
                Assert.Equal(0, Cursor("stub").Acknowledged);
                Pass(Options.RetryInterval);
                Assert.Equal(1, Cursor("stub").Acknowledged);
            },
            channel);

        Assert.Equal(2, began);
    }

    /// <summary>The clock of the process before was years ahead. So is the time at which it would have tried again.</summary>
    [Fact]
    public void Channel_NextAttemptIsInTheFarFuture_IsTriedAsAfterAFailure()
    {
        outbox.Begin(["good", "bad"]);
        outbox.Add(Change());
        outbox.Move(new("bad", 0) { Attempts = 2, NextAttempt = IncidentSamples.Start.AddYears(10) });

        Run(() =>
        {
            Assert.Empty(bad.Delivered);
            Pass(TimeSpan.FromSeconds(2));
            Assert.Single(bad.Delivered);
        });
    }

    [Fact]
    public void Stop_ChannelHangs_IsNotWaitedFor() => Run(() =>
    {
        bad.Before = _ => new TaskCompletionSource().Task;
        Decide();
        Assert.True(couriers.AreBusy);
        var stopping = couriers.StopAsync();
        thread.RunAll();
        Assert.True(stopping.IsCompletedSuccessfully);
    });
}
