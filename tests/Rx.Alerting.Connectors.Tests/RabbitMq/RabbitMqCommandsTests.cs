using System.Reactive.Linq;
using System.Text;
using RabbitMQ.Client;
using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.RabbitMq;

/// <summary>What can be wrong between the service and a real broker, and that it passes.</summary>
public sealed class RabbitMqCommandsTests(RabbitMqFixture broker)
{
    private const string Queue = "queue-of-";

    private readonly RabbitMqOptions options = broker.Options;

    private string QueueName => Queue + options.Exchange;

    [Theory]
    [InlineData("guest:secret@127.0.0.1:", "", "does not let us in: see user and password in RabbitMq:Uri")]
    [InlineData("guest:guest@127.0.0.1:", "/nowhere", "does not let us in: NOT_ALLOWED - vhost nowhere not found")]
    public async Task Broker_LetsUsNotIn_SaysWhyWithoutThePassword(string user, string host, string expected)
    {
        var port = new Uri(options.Uri).Port;
        var commands = New(options with { Uri = $"amqp://{user}{port}{host}" });

        using var reading = commands.Messages.Subscribe(_ => { });
        await UntilAsync(commands, trouble => trouble?.Contains(expected, StringComparison.Ordinal) == true);

        Assert.StartsWith($"RabbitMQ at 127.0.0.1:{port} ", commands.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", commands.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TlsPort_IsNone_SaysSo()
    {
        var commands = New(options with { Uri = options.Uri.Replace("amqp:", "amqps:", StringComparison.Ordinal) });

        using var reading = commands.Messages.Subscribe(_ => { });

        await UntilAsync(commands, trouble => trouble?.Contains("no connection by TLS", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Queue_HasAnotherProcess_SaysSoAndTakesOver()
    {
        var (first, second) = (New(options), New(options));
        var reading = first.Messages.Subscribe(_ => { });
        await UntilAsync(first, trouble => trouble is null);

        using var waiting = second.Messages.Subscribe(_ => { });
        await UntilAsync(second, trouble => trouble?.Contains("another process at our queue", StringComparison.Ordinal) == true);
        reading.Dispose();

        await UntilAsync(second, trouble => trouble is null);
    }

    [Fact]
    public async Task Exchange_IsAnother_SaysSoUntilItIsGone()
    {
        await using var admin = await ConnectAsync();
        await using (var channel = await admin.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken))
            await channel.ExchangeDeclareAsync(options.Exchange, "direct", cancellationToken: TestContext.Current.CancellationToken);
        var commands = New(options);

        using var reading = commands.Messages.Subscribe(_ => { });
        await UntilAsync(commands, trouble => trouble?.Contains("inequivalent arg 'type'", StringComparison.Ordinal) == true);
        await using (var channel = await admin.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken))
            await channel.ExchangeDeleteAsync(options.Exchange, cancellationToken: TestContext.Current.CancellationToken);

        await UntilAsync(commands, trouble => trouble is null);
    }

    [Fact]
    public async Task Queue_IsDeleted_IsMadeAgain()
    {
        await using var admin = await ConnectAsync();
        await using var channel = await admin.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        var (commands, taken) = (New(options), new TaskCompletionSource<string>());
        using var reading = commands.Messages.Subscribe(message => taken.TrySetResult(Encoding.UTF8.GetString(message.Body.Span)));
        await UntilAsync(commands, trouble => trouble is null);

        await channel.QueueDeleteAsync(QueueName, cancellationToken: TestContext.Current.CancellationToken);
        await UntilAsync(commands, trouble => trouble is not null);
        await UntilAsync(commands, trouble => trouble is null);
        await channel.BasicPublishAsync(
            options.Exchange, "", Encoding.UTF8.GetBytes("after"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("after", await taken.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    /// <summary>No more are on their way than are prefetched. Those without an acknowledgement come again, in their order.</summary>
    [Fact]
    public async Task Messages_NotAcknowledged_AreBoundedAndComeAgain()
    {
        var few = options with { Prefetch = 3 };
        List<RabbitMqMessage> taken = [];
        await using var admin = await ConnectAsync();
        await using var channel = await admin.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        var commands = New(few);
        using (commands.Messages.Subscribe(Take))
        {
            await UntilAsync(commands, trouble => trouble is null);
            for (var i = 0; i < 10; i++)
            {
                await channel.BasicPublishAsync(
                    few.Exchange, "", Encoding.UTF8.GetBytes($"{i}"), cancellationToken: TestContext.Current.CancellationToken);
            }

            await UntilAsync(() => Number() == 3, () => $"{Number()}");
            await taken[0].AcknowledgeAsync();
            await UntilAsync(() => Number() == 4, () => $"{Number()}");
        }

        var first = Number();
        using (New(few).Messages.Subscribe(Take))
            await UntilAsync(() => Number() == first + 3, () => $"{Number()}");

        Assert.Equal(["0", "1", "2", "3", "1", "2", "3"], taken.Select(message => Encoding.UTF8.GetString(message.Body.Span)));

        void Take(RabbitMqMessage message)
        {
            lock (taken)
                taken.Add(message);
        }

        int Number()
        {
            lock (taken)
                return taken.Count;
        }
    }

    [Fact]
    public async Task Message_Returned_IsDeliveredAgain()
    {
        var bodies = new List<string>();
        var acknowledged = new TaskCompletionSource();
        var commands = New(options);
        using var reading = commands.Messages.SelectMany(TakeAsync).Subscribe();
        await UntilAsync(commands, trouble => trouble is null);
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);

        await channel.BasicPublishAsync(options.Exchange, "", "m"u8.ToArray(), cancellationToken: TestContext.Current.CancellationToken);
        await acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);

        Assert.Equal(["m", "m", "m"], bodies);

        async Task<bool> TakeAsync(RabbitMqMessage message)
        {
            bodies.Add(Encoding.UTF8.GetString(message.Body.Span));
            await (bodies.Count < 3 ? message.ReturnAsync() : message.AcknowledgeAsync());
            if (bodies.Count == 3)
                acknowledged.TrySetResult();
            return true;
        }
    }

    [Fact]
    public async Task Message_IsNotAcknowledgedInTime_SaysWhatToSet()
    {
        using var hasty = RabbitMqServer.TryStart(TimeSpan.FromSeconds(1))!;
        var commands = New(options with { Uri = hasty.Uri });
        using var reading = commands.Messages.Subscribe(_ => { });
        await UntilAsync(commands, trouble => trouble is null);
        await using var connection = await new ConnectionFactory { Uri = new Uri(hasty.Uri) }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);

        await channel.BasicPublishAsync(options.Exchange, "", "m"u8.ToArray(), cancellationToken: TestContext.Current.CancellationToken);

        const string Expected = "Set RabbitMq:RedeliverAfter below the broker's consumer_timeout";
        await UntilAsync(commands, trouble => trouble?.EndsWith(Expected, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task UriFile_Changes_IsReadAgain()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("uri", Encoding.ASCII.GetBytes("amqp://127.0.0.1:1"));
        var commands = New(options with { Uri = "", UriFile = file });
        using var reading = commands.Messages.Subscribe(_ => { });
        await UntilAsync(commands, trouble => trouble?.Contains("refused", StringComparison.Ordinal) == true);

        await File.WriteAllTextAsync(file, options.Uri, TestContext.Current.CancellationToken);

        await UntilAsync(commands, trouble => trouble is null);
    }

    private RabbitMqCommands New(RabbitMqOptions with) => new(with, QueueName, TimeProvider.System);

    private Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { Uri = new Uri(options.Uri) }.CreateConnectionAsync(TestContext.Current.CancellationToken);

    private static Task UntilAsync(RabbitMqCommands commands, Func<string?, bool> isSo) =>
        UntilAsync(() => isSo(commands.Trouble), () => commands.Trouble);

    private static async Task UntilAsync(Func<bool> isSo, Func<string?> instead)
    {
        for (var begin = TimeProvider.System.GetTimestamp(); !isSo();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(40), $"It is: {instead()}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
