using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>One connection to the broker, from the declaration of queues to the first failure. Thread-safe.</summary>
/// <remarks>
/// There are several channels, because the broker closes a channel on which something is wrong: one for commands, one for copies (dead
/// letters, and what goes back), which are confirmed, and those for replies.
/// </remarks>
internal sealed class RabbitMqSession : IAsyncDisposable
{
    /// <summary>The header of a quorum queue that says how often a message has come back.</summary>
    private const string DeliveryCount = "x-delivery-count";

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly IConnection connection;
    private readonly IChannel commands;
    private readonly IChannel copies;
    private readonly RabbitMqTopology topology;
    private readonly IObserver<RabbitMqMessage> observer;
    private readonly RabbitMqReplies replies;
    private readonly SemaphoreSlim acknowledging = new(1);
    private readonly TaskCompletionSource<string> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RabbitMqSession(
        IConnection connection, IChannel commands, IChannel copies, RabbitMqTopology topology, IObserver<RabbitMqMessage> observer)
    {
        (this.connection, this.commands, this.copies, this.topology, this.observer) =
            (connection, commands, copies, topology, observer);
        replies = new RabbitMqReplies(connection);
        connection.ConnectionShutdownAsync += (_, reason) => Fail(reason);
        commands.ChannelShutdownAsync += (_, reason) => Fail(reason);
        copies.ChannelShutdownAsync += (_, reason) => Fail(reason);
    }

    private string Broker => $"RabbitMQ at {connection.Endpoint.HostName}:{connection.Endpoint.Port}";

    /// <summary>Connects, declares queues, and takes commands from then on.</summary>
    /// <exception cref="RabbitMqException">The broker cannot be reached, or does not allow it.</exception>
    public static async Task<RabbitMqSession> OpenAsync(
        RabbitMqOptions options, RabbitMqTopology topology, IObserver<RabbitMqMessage> observer, CancellationToken cancel)
    {
        var connection = await RabbitMqBroker.ConnectAsync(options, topology.Queue, cancel).ConfigureAwait(false);
        try
        {
            var commands = await connection.CreateChannelAsync(cancellationToken: cancel).ConfigureAwait(false);
            await topology.DeclareAsync(commands, cancel).ConfigureAwait(false);
            var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
            var copies = await connection.CreateChannelAsync(confirmed, cancel).ConfigureAwait(false);
            var session = new RabbitMqSession(connection, commands, copies, topology, observer);
            await session.ConsumeAsync((ushort)options.Prefetch, cancel).ConfigureAwait(false);
            return session;
        }
        catch (Exception failure) when (RabbitMqErrors.IsKnown(failure) || failure is OperationCanceledException)
        {
            var broker = $"RabbitMQ at {connection.Endpoint.HostName}:{connection.Endpoint.Port}";
            await connection.DisposeAsync().ConfigureAwait(false);
            throw failure is OperationCanceledException && cancel.IsCancellationRequested
                ? failure
                : RabbitMqErrors.Translate(failure, broker);
        }
    }

    /// <summary>Ends when the session can take no more commands.</summary>
    /// <returns>Why.</returns>
    public async Task<string> FailedAsync(CancellationToken cancel) =>
        $"{Broker} {await failed.Task.WaitAsync(cancel).ConfigureAwait(false)}";

    public Task AcknowledgeAsync(ulong tag) => SettleAsync(() => commands.BasicAckAsync(tag, multiple: false));

    /// <summary>Has the broker deliver a message again.</summary>
    /// <remarks>
    /// A quorum queue counts how often a message has come back, and drops it after its delivery limit. There, a copy takes the place of a
    /// message that has come back before. After a crash between the two there are both, which is one command all the same.
    /// </remarks>
    public async Task ReturnAsync(RabbitMqMessage message, ulong tag)
    {
        if (message.Properties.Headers?.ContainsKey(DeliveryCount) is not true)
            await SettleAsync(() => commands.BasicNackAsync(tag, multiple: false, requeue: true)).ConfigureAwait(false);
        else if (await PublishAsync(string.Empty, topology.Queue, message, CopyOf(message), "messages again").ConfigureAwait(false))
            await AcknowledgeAsync(tag).ConfigureAwait(false);
    }

    private async Task SettleAsync(Func<ValueTask> settle)
    {
        await acknowledging.WaitAsync().ConfigureAwait(false);
        try
        {
            await settle().ConfigureAwait(false);
        }
        catch (Exception gone) when (RabbitMqErrors.IsKnown(gone) || gone is OperationCanceledException)
        {
            // The broker delivers the message again.
        }
        finally
        {
            acknowledging.Release();
        }
    }

    public async Task PutAsideAsync(RabbitMqMessage message, ulong tag, string reason)
    {
        var properties = CopyOf(message);
        properties.Headers!["x-rx-reason"] = reason;
        properties.Headers["x-rx-queue"] = topology.Queue;
        if (await PublishAsync(topology.DeadLetters, string.Empty, message, properties, "dead letters").ConfigureAwait(false))
            await AcknowledgeAsync(tag).ConfigureAwait(false);
    }

    /// <summary>The broker would drop what has expired, refuse what another user has sent, and send copies to CC and BCC.</summary>
    private static BasicProperties CopyOf(RabbitMqMessage message)
    {
        var headers = new Dictionary<string, object?>(message.Properties.Headers ?? new Dictionary<string, object?>());
        foreach (var header in (string[])[DeliveryCount, "CC", "BCC"])
            headers.Remove(header);
        var properties = new BasicProperties(message.Properties) { Headers = headers, Persistent = true };
        properties.ClearExpiration();
        properties.ClearUserId();
        return properties;
    }

    /// <returns>Whether the broker has it. If not, the session fails, and the broker delivers again what is not acknowledged.</returns>
    private async Task<bool> PublishAsync(
        string exchange, string routingKey, RabbitMqMessage message, BasicProperties properties, string what)
    {
        try
        {
            await copies.BasicPublishAsync(exchange, routingKey, mandatory: routingKey.Length > 0, properties, message.Body)
                .ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (RabbitMqErrors.IsKnown(failure) || failure is OperationCanceledException)
        {
            failed.TrySetResult($"does not take {what}: {failure.Message}");
            return false;
        }
    }

    public Task ReplyAsync(BasicProperties request, ReadOnlyMemory<byte> reply) => replies.SendAsync(request, reply);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.CloseAsync(200, "the service stops", CloseTimeout, abort: true).ConfigureAwait(false);
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task ConsumeAsync(ushort prefetch, CancellationToken cancel)
    {
        await commands.BasicQosAsync(0, prefetch, global: false, cancel).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(commands);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            // The body is the library's again when this returns.
            observer.OnNext(new RabbitMqMessage(this, delivery.DeliveryTag, delivery.BasicProperties, delivery.Body.ToArray()));
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) =>
        {
            failed.TrySetResult($"has deleted queue {topology.Queue}");
            return Task.CompletedTask;
        };
        // Exclusive: a second process at this queue would take half of the commands.
        await commands.BasicConsumeAsync(topology.Queue, autoAck: false, string.Empty, false, exclusive: true, null, consumer, cancel)
            .ConfigureAwait(false);
    }

    private Task Fail(ShutdownEventArgs reason)
    {
        failed.TrySetResult(RabbitMqErrors.Words(reason));
        return Task.CompletedTask;
    }
}
