using System.Text;
using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Control;

/// <summary>Commands by a real broker to a service that runs.</summary>
public sealed partial class RabbitMqControlTests(RabbitMqFixture broker) : IClassFixture<RabbitMqFixture>, IAsyncLifetime
{
    private readonly TemporaryFolder state = new();
    private RabbitMqPeer peer = null!;

    public async ValueTask InitializeAsync() => peer = await RabbitMqPeer.OpenAsync(broker.Server);

    public async ValueTask DisposeAsync()
    {
        await peer.DisposeAsync();
        state.Dispose();
    }

    [Fact]
    public async Task Silence_Sent_IsAnsweredAndTakesEffect()
    {
        await using var service = await StartAsync();

        await peer.SendAsync(Silence("s"), "other");
        var reply = await peer.ReplyAsync();
        await peer.SendAsync("""{"by":"ann","type":"unsilence","silence_id":"s"}""", "e");

        Assert.Equal(("s", ReplyStatus.Done, "test/script"), (reply.CommandId, reply.Status, Assert.Single(reply.Pipelines).Pipeline));
        Assert.Equal(("e", ReplyStatus.Done), Of(await peer.ReplyAsync()));
    }

    [Fact]
    public async Task Command_SentTwice_HasTheSameAnswer()
    {
        await using var service = await StartAsync();
        await peer.SendAsync(Silence("s"), "s");
        var first = await peer.ReplyAsync();
        await peer.SendAsync("""{"by":"ann","type":"unsilence","silence_id":"s"}""", "e");
        await peer.ReplyAsync();

        await peer.SendAsync(Silence("s"), "s");

        Assert.Equal(ControlJson.Write(first), ControlJson.Write(await peer.ReplyAsync()));
        // The silence has not come back.
        await peer.SendAsync("""{"by":"ann","type":"unsilence","silence_id":"s"}""", "f");
        Assert.Equal(("f", ReplyStatus.Refused), Of(await peer.ReplyAsync()));
    }

    [Fact]
    public async Task Dump_Sent_IsAnsweredWhenItIsThere()
    {
        await using var service = await StartAsync();

        await peer.SendAsync("""{"by":"ann","type":"dump-incidents","all":true}""", "d");
        await peer.SendAsync("""{"by":"ann","type":"dump-incidents","all":true}""", "d");

        var replies = new[] { await peer.ReplyAsync(), await peer.ReplyAsync() };
        Assert.All(replies, reply => Assert.InRange(reply.Status, ReplyStatus.Done, ReplyStatus.AlreadySo));
        var locations = replies.Select(reply => Assert.Single(reply.Pipelines).Dump!.Location).Distinct();
        Assert.True(File.Exists(Assert.Single(locations)));
    }

    [Theory]
    [InlineData("not json", "body is not JSON")]
    [InlineData("""{"by":"ann","type":"dance"}""", "type is “dance”, must be one of acknowledge")]
    [InlineData("""{"by":7,"type":"close"}""", "by must be a text; incident_id must be given")]
    [InlineData(
        """{"by":"a","type":"maintenance","property":"p","cron":"x","time_zone":"Mars/X","duration":"400d","comment":"c"}""",
        "cron must be minute, hour, day of month, month and day of week, such as 0 3 * * SUN; "
            + "time_zone must be a time zone that this machine knows, such as Europe/Berlin; duration must be from 1m to 365d")]
    [InlineData("huge", "body has 1000000 bytes, must have at most 65536")]
    public async Task Message_NotUnderstood_IsPutAsideWithItsReason(string message, string expected)
    {
        await using var service = await StartAsync();

        await peer.SendAsync(message == "huge" ? new string('x', 1_000_000) : message, "bad");
        var reply = await peer.ReplyAsync();
        var aside = await peer.TakeAsync(peer.DeadLetters);

        Assert.Equal(("bad", ReplyStatus.Invalid), Of(reply));
        Assert.StartsWith(expected, string.Join("; ", reply.Faults!), StringComparison.Ordinal);
        var headers = aside.BasicProperties.Headers!;
        Assert.StartsWith(expected, Encoding.UTF8.GetString((byte[])headers["x-rx-reason"]!), StringComparison.Ordinal);
        Assert.Equal("kept", Encoding.UTF8.GetString((byte[])headers["own"]!));
        Assert.Equal(("bad", "peer"), (aside.BasicProperties.MessageId, aside.BasicProperties.AppId));
        Assert.Equal(message == "huge" ? 1_000_000 : Encoding.UTF8.GetByteCount(message), aside.Body.Length);
        // What comes next is executed.
        await peer.SendAsync(Silence("s"), "s");
        Assert.Equal(("s", ReplyStatus.Done), Of(await peer.ReplyAsync()));
    }

    [Theory]
    [InlineData("no-such-queue")]
    [InlineData("amq.rabbitmq.reply-to.g1h2AAAA.bad==")]
    public async Task ReplyQueue_IsGone_StopsNothing(string gone)
    {
        await using var service = await StartAsync();

        await peer.SendAsync(Silence("s"), "s", replyTo: gone);
        await peer.SendAsync(Silence("t"), "t");

        Assert.Equal(("t", ReplyStatus.Done), Of(await peer.ReplyAsync()));
        await peer.SendAsync("""{"by":"ann","type":"unsilence","silence_id":"s"}""", "e");
        Assert.Equal(("e", ReplyStatus.Done), Of(await peer.ReplyAsync()));
    }

    [Fact]
    public async Task Commands_WhileTheServiceIsDown_TakeEffectOnceWhenItIsBack()
    {
        await (await StartAsync()).DisposeAsync();
        await peer.SendAsync(Silence("s"), "s");
        await peer.SendAsync(Silence("s"), "s");
        await peer.SendAsync("""{"by":"ann","type":"unsilence","silence_id":"s"}""", "e");
        await peer.SendAsync("""{"by":"ann","type":"unsilence","silence_id":"s"}""", "f");
        Assert.False(peer.HasMoreReplies);

        await using var service = await StartAsync();

        var replies = new List<(string?, ReplyStatus)>();
        for (var i = 0; i < 4; i++)
            replies.Add(Of(await peer.ReplyAsync()));
        Assert.Equal(
            [("e", ReplyStatus.Done), ("f", ReplyStatus.Refused), ("s", ReplyStatus.Done), ("s", ReplyStatus.Done)], replies.Order());
    }

    /// <summary>More than are prefetched, and than a pipeline takes at a time.</summary>
    [Fact]
    public async Task Commands_TenThousandAtOnce_AreExecutedInTheirOrder()
    {
        const int Number = 10_000;
        await (await StartAsync()).DisposeAsync();
        var sent = Enumerable.Range(0, Number).Select(i => i % 2 == 0
            ? peer.SendAsync(Silence($"{i}"), $"{i}")
            : peer.SendAsync($$"""{"by":"ann","type":"unsilence","silence_id":"{{i - 1}}"}""", $"{i}"));
        await Task.WhenAll(sent);

        var begin = TimeProvider.System.GetTimestamp();
        await using var service = await StartAsync();
        var answered = new HashSet<string?>();
        for (var i = 0; i < Number; i++)
        {
            var (id, status) = Of(await peer.ReplyAsync());
            Assert.Equal(ReplyStatus.Done, status);
            answered.Add(id);
        }

        Assert.Equal(Number, answered.Count);
        var took = TimeProvider.System.GetElapsedTime(begin);
        Assert.True(took < TimeSpan.FromSeconds(60), $"took {took}");
        TestContext.Current.TestOutputHelper!.WriteLine($"{Number} commands took {took}");
    }

    [Fact]
    public async Task Broker_IsKilled_ServiceGoesOnAndTakesCommandsAgain()
    {
        await using var service = await StartAsync();
        await peer.SendAsync(Silence("s"), "s");
        await peer.ReplyAsync();

        broker.Server.Kill();
        await service.UntilHealthSaysAsync("; no commands come by RabbitMQ: RabbitMQ at 127.0.0.1:");
        using var health = await service.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)health.StatusCode);
        broker.Server.Start();
        await service.UntilCommandsComeAsync();

        await using var again = await RabbitMqPeer.OpenAsync(broker.Server, peer.Exchange);
        await again.SendAsync("""{"by":"ann","type":"unsilence","silence_id":"s"}""", "e");
        Assert.Equal(("e", ReplyStatus.Done), Of(await again.ReplyAsync()));
        await again.SendAsync("no", "dead letters pass, too");
        Assert.Equal(ReplyStatus.Invalid, (await again.ReplyAsync()).Status);
        await again.TakeAsync(again.DeadLetters);
    }

    [Fact]
    public async Task Broker_IsAwayAtTheStart_ServiceStartsAllTheSame()
    {
        var settings = Settings();
        settings = settings with { RabbitMq = settings.RabbitMq with { Uri = "amqp://user:secret@127.0.0.1:1" } };
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent, new TemporaryFolder(), settings);

        await service.UntilHealthSaysAsync("no commands come by RabbitMQ: RabbitMQ at 127.0.0.1:1 does not answer: Connection refused");

        using var answer = await service.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        var health = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_OverRabbitMq_ShowsWhoHasAnswered()
    {
        await using var service = await StartAsync();

        var done = await RunAsync("checkpoint", "--replicas", "1");
        var lacking = await RunAsync("status", "--replicas", "2", "--wait", "500ms", "--id", "x");

        done.Expect(ExitCode.Success);
        Assert.Matches("test/script +done +— +commit [1-9]", done.Output);
        lacking.Expect(ExitCode.Failed);
        Assert.Contains("1 of 2 processes have answered within 500ms", lacking.Error, StringComparison.Ordinal);
        Assert.Contains("--id x", lacking.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_NoServiceHasRun_SaysSo()
    {
        var run = await RunAsync("status");

        run.Expect(ExitCode.Failed);
        Assert.Contains($"no queue is bound to exchange {peer.Exchange}", run.Error, StringComparison.Ordinal);
    }

    private static (string? Id, ReplyStatus Status) Of(ControlReply reply) => (reply.CommandId, reply.Status);

    private static string Silence(string id) =>
        $$"""
        {"id":"{{id}}","by":"ann","type":"silence","property":"nobody","comment":"why",
         "starts_at":"2026-01-01T00:00:00Z","duration":"1h"}
        """;

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync(
        ["control", .. arguments, "--by", "ann", "--rabbit", "--set", $"RabbitMq:Uri={broker.Server.Uri}",
            "--set", $"RabbitMq:Exchange={peer.Exchange}"]);

    private Settings Settings() => new()
    {
        Sqlite = new() { Path = state["state.db"] },
        RabbitMq = new RabbitMqOptions
        {
            Uri = broker.Server.Uri,
            Exchange = peer.Exchange,
            RetryInterval = TimeSpan.FromMilliseconds(100),
        },
    };

    private async Task<RunningService> StartAsync(Func<Settings, Settings>? change = null)
    {
        var settings = change?.Invoke(Settings()) ?? Settings();
        var service = await RunningService.StartAsync(ScriptedSource.Silent, new TemporaryFolder(), settings);
        await service.UntilCommandsComeAsync();
        return service;
    }
}
