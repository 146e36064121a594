using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Tests.Control;

/// <content>Commands that take longer than the broker waits.</content>
public sealed partial class RabbitMqControlTests
{
    /// <summary>The broker would take a process for stuck that does not acknowledge in time. The dump waits for its folder.</summary>
    [Fact]
    public async Task Dump_TakesLongerThanAMessageIsHeld_GoesOnAndIsAnsweredOnce()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["dumps"], "A folder cannot be made here.");
        await using var service = await StartAsync(settings => settings with
        {
            Dumps = new() { Folder = folder["dumps"] },
            RabbitMq = settings.RabbitMq with { RedeliverAfter = TimeSpan.FromSeconds(1) },
        });

        await peer.SendAsync("""{"by":"ann","type":"dump-incidents","all":true}""", "d");
        while (service.Returns < 3)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        File.Delete(folder["dumps"]);

        Assert.Equal(("d", ReplyStatus.Done), Of(await peer.ReplyAsync()));
        await peer.SendAsync(Silence("s"), "s");
        Assert.Equal(("s", ReplyStatus.Done), Of(await peer.ReplyAsync()));
    }

    /// <summary>
    /// A virtual host may make quorum queues of all queues. They drop a message that has come back too often: here, after the second time.
    /// </summary>
    [Fact]
    public async Task Dump_TakesLongInAQuorumQueue_IsNotDroppedHoweverOftenItComesBack()
    {
        broker.Server.Control("add_vhost", "quorum", "--default-queue-type", "quorum");
        broker.Server.Control("set_permissions", "-p", "quorum", "guest", ".*", ".*", ".*");
        broker.Server.Control("set_policy", "-p", "quorum", "--apply-to", "queues", "limit", ".*", """{"delivery-limit":2}""");
        await using var sender = await RabbitMqPeer.OpenAsync(broker.Server, virtualHost: "quorum");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["dumps"], "A folder cannot be made here.");
        await using var service = await StartAsync(settings => settings with
        {
            Dumps = new() { Folder = folder["dumps"] },
            RabbitMq = settings.RabbitMq with
            {
                Uri = $"{broker.Server.Uri}/quorum",
                Exchange = sender.Exchange,
                RedeliverAfter = TimeSpan.FromSeconds(1),
            },
        });

        await sender.SendAsync("""{"by":"ann","type":"dump-incidents","all":true}""", "d");
        var begin = TimeProvider.System.GetTimestamp();
        while (service.Returns < 6)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(60), $"it came back {service.Returns} times");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        File.Delete(folder["dumps"]);

        Assert.Equal(("d", ReplyStatus.Done), Of(await sender.ReplyAsync()));
        await sender.SendAsync(Silence("s"), "s");
        Assert.Equal(("s", ReplyStatus.Done), Of(await sender.ReplyAsync()));
    }
}
