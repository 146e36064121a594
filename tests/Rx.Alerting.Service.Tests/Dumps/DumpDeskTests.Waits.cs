using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Dumps;

namespace Rx.Alerting.Service.Tests.Dumps;

/// <summary>Dumps that take longer than somebody waits.</summary>
public sealed partial class DumpDeskTests
{
    /// <summary>The pipeline does not run yet, so the dump waits for a commit.</summary>
    [Fact]
    public async Task Dump_TakesLongerThanHttpWaits_IsRunningUntilItIsDone()
    {
        var pipeline = Register("views");
        var waiting = SendAsync("c", OfHttp);
        await UntilAsync(() => desk.Waiting("c", "views").Reason == "it waits for a commit");
        clock.Advance(TimeSpan.FromSeconds(15));

        var first = await waiting;
        Assert.Equal((ReplyStatus.Running, "it waits for a commit"), (first.Status, Assert.Single(first.Pipelines).Reason));
        Assert.Contains(log.Collector.GetSnapshot(), record => record.Message == "Dump c of views goes on: it waits for a commit");
        var second = SendAsync("c", OfHttp);
        Start(pipeline);

        var reply = await second;
        Assert.Equal(ReplyStatus.Done, reply.Status);
        Assert.Single(log.Collector.GetSnapshot(), record => record.Id.Id == 1062);
    }

    /// <summary>The folder cannot be used. Attempts end after 21 seconds.</summary>
    [Fact]
    public async Task Dump_FailsBetweenTwoPolls_IsToldToTheNextPollAndThenMadeAnew()
    {
        File.WriteAllText(folder["dumps"], "taken");
        Run("views");
        var first = SendAsync("c", OfHttp);
        await AdvanceUntilAsync(() => first.IsCompleted);
        Assert.Equal(ReplyStatus.Running, (await first).Status);
        await AdvanceUntilAsync(() => log.Collector.GetSnapshot().Any(record => record.Id.Id == 1063));

        var told = await SendAsync("c", OfHttp);

        Assert.Equal(ReplyStatus.Refused, told.Status);
        Assert.Contains("cannot be used", Assert.Single(told.Pipelines).Reason, StringComparison.Ordinal);
        Assert.Single(log.Collector.GetSnapshot(), record => record.Message == "dump-error-rates c of views begins");
        File.Delete(folder["dumps"]);
        Assert.Equal(ReplyStatus.Done, (await SendAsync("c", OfHttp)).Status);
    }

    /// <summary>An answer is an acknowledgement: the broker would not deliver the command again.</summary>
    [Fact]
    public async Task Dump_TakesLongerThanRabbitWaitsForAPipeline_IsAnsweredWhenItIsDone()
    {
        var pipeline = Register("views");
        var waiting = SendAsync("c", OfRabbit);
        await UntilAsync(() => desk.Waiting("c", "views").Reason == "it waits for a commit");
        clock.Advance(TimeSpan.FromSeconds(31));
        await Task.Yield();
        Assert.False(waiting.IsCompleted);

        Start(pipeline);

        Assert.Equal(ReplyStatus.Done, (await waiting).Status);
    }

    [Fact]
    public async Task Dump_ServiceStops_IsUnconfirmed()
    {
        Register("views");
        var waiting = SendAsync("c", OfRabbit);
        await UntilAsync(() => desk.Waiting("c", "views").Reason == "it waits for a commit");

        await desk.StopAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(31));
        var reply = await waiting;

        Assert.Equal(ReplyStatus.Unconfirmed, reply.Status);
        Assert.Equal(
            "The service has stopped before dump c was made. Send the command again with the same id.",
            Assert.Single(reply.Pipelines).Reason);
    }

    [Fact]
    public async Task Dump_OtherArgumentsWhileItRuns_IsRefused()
    {
        var pipeline = Register("views");
        var first = SendAsync("c", OfHttp);
        await UntilAsync(() => desk.Waiting("c", "views").Reason == "it waits for a commit");

        var second = await ExecuteAsync(new DumpRequest("c", "bob", DumpKind.Incidents), OfHttp);

        Assert.Equal(ReplyStatus.Refused, second.Status);
        Assert.Contains("other arguments", Assert.Single(second.Pipelines).Reason, StringComparison.Ordinal);
        Start(pipeline);
        Assert.Equal(ReplyStatus.Done, (await first).Status);
    }

    /// <summary>Dumps of a pipeline are made one after the other, and those that do not fit are refused.</summary>
    [Fact]
    public async Task Dump_ManyAtOnce_WaitInTheirBound()
    {
        var pipeline = Register("views");
        var sent = Enumerable.Range(0, DumpDesk.MaximumWaiting + 3).Select(i => SendAsync($"c{i}", OfHttp)).ToList();

        var refused = new List<Task<ControlReply>> { await Task.WhenAny(sent) };
        refused.Add(await Task.WhenAny(sent.Except(refused)));
        Start(pipeline);

        foreach (var reply in await Task.WhenAll(refused))
            Assert.Equal((ReplyStatus.Refused, "10 dumps of it wait already"), (reply.Status, reply.Pipelines[0].Reason));
        Assert.All(await Task.WhenAll(sent.Except(refused)), reply => Assert.Equal(ReplyStatus.Done, reply.Status));
    }
}
