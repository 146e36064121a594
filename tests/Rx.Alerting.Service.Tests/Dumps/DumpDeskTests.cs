using System.Reactive;
using System.Text.Json;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Dumps;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Service.Tests.Dumps;

/// <summary>Dumps by the pipelines of one process, and of two that share a folder.</summary>
public sealed class DumpDeskTests : IAsyncDisposable
{
    private static readonly ControlPatience OfHttp = new(TimeSpan.FromSeconds(15), Keeps: false);
    private static readonly ControlPatience OfRabbit = new(TimeSpan.FromSeconds(30), Keeps: true);

    private readonly FakeTimeProvider clock = new(DateTimeOffset.Parse("2026-11-25T12:00:00Z", null));
    private readonly InMemoryCheckpointStore store = new();
    private readonly TemporaryFolder folder = new();
    private readonly FakeLogger<DumpDesk> log = new();
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> runs = [];
    private readonly Settings settings;
    private readonly DumpDesk desk;
    private readonly ControlDispatcher dispatcher;

    public DumpDeskTests()
    {
        settings = new() { Dumps = new() { Folder = folder["dumps"] } };
        desk = new(settings, () => store, clock, log);
        dispatcher = New(desk);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(runs);
        await desk.DisposeAsync();
        stop.Dispose();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Dump_OfTwoPipelines_HasAPartOfEach()
    {
        Run("kafka/views-0");
        Run("kafka/views-1");

        var reply = await SendAsync("c", OfHttp);

        Assert.Equal(ReplyStatus.Done, reply.Status);
        Assert.All(reply.Pipelines, pipeline => Assert.True(File.Exists(pipeline.Dump!.Location)));
        Assert.Equal(["kafka~2Fviews-0/manifest.json", "kafka~2Fviews-1/manifest.json"], Parts("c"));
        Assert.Equal(ReplyStatus.AlreadySo, (await SendAsync("c", OfHttp)).Status);
    }

    [Fact]
    public async Task Dump_ByTwoProcesses_NamesTheirParts()
    {
        await using var other = new DumpDesk(settings, () => store, clock, log);
        var second = New(other);
        Run("kafka/views-0");
        Run("kafka/views-1", second);

        var replies = await Task.WhenAll(SendAsync("c", OfRabbit), SendAsync("c", OfRabbit, second));

        Assert.All(replies, reply => Assert.Equal(ReplyStatus.Done, reply.Status));
        Assert.Equal(["kafka~2Fviews-0/manifest.json", "kafka~2Fviews-1/manifest.json"], Parts("c"));
    }

    [Theory]
    [InlineData("../../x", "~2E.~2F..~2Fx")]
    [InlineData("/etc/passwd", "~2Fetc~2Fpasswd")]
    [InlineData("..", "~2E.")]
    public async Task Dump_HostileId_StaysInTheFolder(string id, string expected)
    {
        Run("views");

        var reply = await SendAsync(id, OfHttp);

        Assert.Equal(ReplyStatus.Done, reply.Status);
        Assert.Equal([folder["dumps"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal([Path.Combine(folder["dumps"], "2026-11-25", expected)], Directory.GetDirectories(folder["dumps/2026-11-25"]));
    }

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

    [Fact]
    public async Task Dump_FolderCannotBeUsed_IsRefusedAndLogged()
    {
        File.WriteAllText(folder["dumps"], "taken");
        Run("views");
        var waiting = SendAsync("c", OfRabbit);
        // The attempts wait on this clock.
        while (!waiting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var reply = Assert.Single((await waiting).Pipelines);

        Assert.Equal(ReplyStatus.Refused, reply.Status);
        Assert.Contains("cannot be used", reply.Reason, StringComparison.Ordinal);
        Assert.Single(log.Collector.GetSnapshot(), record => record.Id.Id == 1063);
    }

    [Fact]
    public async Task Dump_NoPipelineRunsHere_SaysSo()
    {
        var waiting = SendAsync("c", OfHttp);
        clock.Advance(TimeSpan.FromSeconds(15));

        var reply = await waiting;

        Assert.Equal((ReplyStatus.Unconfirmed, "No pipeline runs in this process. Nothing was done."), (reply.Status, reply.Reason));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(30), "It does not come to be so.");
            await Task.Yield();
        }
    }

    private ControlDispatcher New(DumpDesk dumps) =>
        new(new PipelineStatus(clock, new FakeLogger<PipelineStatus>()), settings, dumps, clock);

    private IEnumerable<string?> Parts(string id)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(folder[$"dumps/2026-11-25/{id}/manifest.json"]));
        return [.. manifest.RootElement.GetProperty("parts").EnumerateArray().Select(part => part.GetString())];
    }

    private Task<ControlReply> SendAsync(string id, ControlPatience patience, ControlDispatcher? to = null) =>
        ExecuteAsync(new DumpRequest(id, "ann", DumpKind.ErrorRates), patience, to);

    private Task<ControlReply> ExecuteAsync(DumpRequest request, ControlPatience patience, ControlDispatcher? to = null) =>
        (to ?? dispatcher).ExecuteAsync(
            new(request.CommandId, request.Type, request.By, new DumpAction(request)), patience, TestContext.Current.CancellationToken);

    private CheckpointedPipeline Register(string name, ControlDispatcher? to = null)
    {
        var pipeline = new CheckpointedPipeline(
            name, new PipelineOptions(), new(), store, [], TimeProvider.System, Observer.Create<CheckpointEvent>(_ => { }));
        (to ?? dispatcher).Register(name, pipeline);
        return pipeline;
    }

    private void Start(CheckpointedPipeline pipeline) => runs.Add(pipeline.RunAsync(ScriptedSource.Silent, stop.Token));

    private void Run(string name, ControlDispatcher? to = null) => Start(Register(name, to));
}
