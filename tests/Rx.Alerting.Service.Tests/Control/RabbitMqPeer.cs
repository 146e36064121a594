using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Control;

/// <summary>Sends commands to an exchange of its own, and gets the answers.</summary>
internal sealed class RabbitMqPeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<ControlReply> replies = System.Threading.Channels.Channel.CreateUnbounded<ControlReply>();
    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly string queue;

    private RabbitMqPeer(IConnection connection, IChannel channel, string exchange, string queue) =>
        (this.connection, this.channel, Exchange, this.queue) = (connection, channel, exchange, queue);

    public string Exchange { get; }

    public string DeadLetters => $"{Exchange}.dead-letter";

    public static async Task<RabbitMqPeer> OpenAsync(RabbitMqServer server, string? exchange = null, string virtualHost = "/")
    {
        var factory = new ConnectionFactory { Uri = new Uri(server.Uri), VirtualHost = virtualHost, AutomaticRecoveryEnabled = false };
        var connection = await factory.CreateConnectionAsync(TestContext.Current.CancellationToken);
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        var channel = await connection.CreateChannelAsync(confirmed, TestContext.Current.CancellationToken);
        exchange ??= $"test-{Guid.NewGuid():N}";
        await channel.ExchangeDeclareAsync(
            exchange, ExchangeType.Fanout, durable: true, cancellationToken: TestContext.Current.CancellationToken);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: TestContext.Current.CancellationToken)).QueueName;
        var peer = new RabbitMqPeer(connection, channel, exchange, queue);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, reply) =>
        {
            peer.replies.Writer.TryWrite(ControlJson.Read(reply.Body.Span)!);
            Assert.Equal(ControlJson.Read(reply.Body.Span)!.CommandId ?? "unknown", reply.BasicProperties.CorrelationId ?? "unknown");
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, TestContext.Current.CancellationToken);
        return peer;
    }

    /// <summary>Sends as soon as a service has bound its queue, and ends when the broker has the message.</summary>
    public async Task SendAsync(string message, string id, string? replyTo = null)
    {
        for (var begin = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                await PublishAsync(message, id, replyTo);
                return;
            }
            catch (PublishException returned) when (returned.IsReturn && TimeProvider.System.GetElapsedTime(begin) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    private async Task PublishAsync(string message, string id, string? replyTo) => await channel.BasicPublishAsync(
        Exchange,
        string.Empty,
        mandatory: true,
        new BasicProperties
        {
            MessageId = id,
            CorrelationId = id,
            ReplyTo = replyTo ?? queue,
            Persistent = true,
            AppId = "peer",
            Expiration = "600000",
            UserId = "guest",
            Headers = new Dictionary<string, object?> { ["own"] = "kept" },
        },
        Encoding.UTF8.GetBytes(message),
        TestContext.Current.CancellationToken);

    public async Task<ControlReply> ReplyAsync() =>
        await replies.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    /// <summary>Whether there is a reply that nobody has asked for.</summary>
    public bool HasMoreReplies => replies.Reader.TryPeek(out _);

    /// <summary>Takes the next message of a queue.</summary>
    public async Task<BasicGetResult> TakeAsync(string from)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await channel.BasicGetAsync(from, autoAck: true, TestContext.Current.CancellationToken) is { } message)
                return message;
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < Patience, $"No message comes to {from}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
