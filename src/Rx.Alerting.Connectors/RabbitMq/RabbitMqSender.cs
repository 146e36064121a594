using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>Sends a command to all processes, and collects their replies.</summary>
public static class RabbitMqSender
{
    /// <param name="options">Have a broker.</param>
    /// <param name="id">The id of the command.</param>
    /// <param name="command">The message.</param>
    /// <param name="isEnough">Is given the replies so far; true ends the wait.</param>
    /// <param name="wait">The longest wait for replies.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="RabbitMqException">The command was not sent; the message says why.</exception>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> SendAsync(
        RabbitMqOptions options,
        string id,
        ReadOnlyMemory<byte> command,
        Func<IReadOnlyList<ReadOnlyMemory<byte>>, bool> isEnough,
        TimeSpan wait,
        TimeProvider clock,
        CancellationToken cancel)
    {
        await using var connection = await RabbitMqBroker.ConnectAsync(options, "rx-alerting control", cancel).ConfigureAwait(false);
        try
        {
            var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
            await using var channel = await connection.CreateChannelAsync(confirmed, cancel).ConfigureAwait(false);
            await channel.ExchangeDeclarePassiveAsync(options.Exchange, cancel).ConfigureAwait(false);
            var replies = new ReplyQueue(id, isEnough);
            var queue = await replies.OpenAsync(channel, cancel).ConfigureAwait(false);
            var properties = new BasicProperties
            {
                MessageId = id,
                CorrelationId = id,
                ReplyTo = queue,
                ContentType = "application/json",
                Persistent = true,
            };
            await channel.BasicPublishAsync(options.Exchange, string.Empty, mandatory: true, properties, command, cancel)
                .ConfigureAwait(false);
            return await replies.CollectAsync(wait, clock, cancel).ConfigureAwait(false);
        }
        catch (PublishException returned) when (returned.IsReturn)
        {
            throw new RabbitMqException(
                $"no queue is bound to exchange {options.Exchange}: no service with this RabbitMq:Exchange has run yet", returned);
        }
        catch (Exception failure) when (RabbitMqErrors.IsKnown(failure))
        {
            throw RabbitMqErrors.Translate(failure, $"RabbitMQ at {connection.Endpoint.HostName}:{connection.Endpoint.Port}");
        }
    }

    private sealed class ReplyQueue(string id, Func<IReadOnlyList<ReadOnlyMemory<byte>>, bool> isEnough)
    {
        private readonly Lock gate = new();
        private readonly List<ReadOnlyMemory<byte>> replies = [];
        private readonly TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Makes a queue that goes with the connection.</summary>
        public async Task<string> OpenAsync(IChannel channel, CancellationToken cancel)
        {
            var queue = (await channel.QueueDeclareAsync(cancellationToken: cancel).ConfigureAwait(false)).QueueName;
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, reply) =>
            {
                if (reply.BasicProperties.CorrelationId == id)
                    Take(reply.Body.ToArray());
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancel).ConfigureAwait(false);
            return queue;
        }

        public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> CollectAsync(TimeSpan wait, TimeProvider clock, CancellationToken cancel)
        {
            try
            {
                await enough.Task.WaitAsync(wait, clock, cancel).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // How many processes there are is not known.
            }

            lock (gate)
                return [.. replies];
        }

        private void Take(byte[] reply)
        {
            lock (gate)
            {
                replies.Add(reply);
                if (isEnough(replies))
                    enough.TrySetResult();
            }
        }
    }
}
