using System.Reactive;
using System.Text.Json;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Dumps;
using Rx.Alerting.Service.Tests.Control;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Service.Tests.Dumps;

/// <summary>Dumps by the pipelines of one process, and of two that share a folder.</summary>
public sealed partial class DumpDeskTests : IAsyncDisposable
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
        Assert.Equal([Path.Combine(folder["dumps"], expected)], Directory.GetDirectories(folder["dumps"]));
    }

    [Fact]
    public async Task Dump_FolderCannotBeUsed_IsRefusedAndLogged()
    {
        File.WriteAllText(folder["dumps"], "taken");
        Run("views");
        var waiting = SendAsync("c", OfRabbit);
        await AdvanceUntilAsync(() => waiting.IsCompleted); // The attempts wait on this clock.

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

    private Task AdvanceUntilAsync(Func<bool> isSo) => UntilAsync(() =>
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        return isSo();
    });

    private ControlDispatcher New(DumpDesk dumps) => TestDispatcher.Of(settings, dumps, clock);

    private IEnumerable<string?> Parts(string id)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(folder[$"dumps/{id}/manifest.json"]));
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
