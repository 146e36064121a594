using RabbitMQ.Client;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>The exchanges and queues on the broker. All are durable.</summary>
/// <remarks>
/// <code>
/// senders ─▶ rx-alerting.control (fanout) ─▶ rx-alerting.control.alerting-0 ─▶ process on alerting-0
///                                         ─▶ rx-alerting.control.alerting-1 ─▶ process on alerting-1
///            rx-alerting.control.dead-letter (fanout) ◀── what a process does not understand
///                                         ─▶ rx-alerting.control.dead-letter
/// </code>
/// </remarks>
internal sealed record RabbitMqTopology(string Exchange, string Queue, TimeSpan QueueExpiry)
{
    /// <summary>The oldest dead letters go when there are more.</summary>
    private const int MaximumDeadLetters = 10_000;

    public string DeadLetters => $"{Exchange}.dead-letter";

    public async Task DeclareAsync(IChannel channel, CancellationToken cancel)
    {
        foreach (var exchange in (string[])[Exchange, DeadLetters])
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancel)
                .ConfigureAwait(false);
        }

        var bounded = new Dictionary<string, object?> { ["x-max-length"] = MaximumDeadLetters };
        await DeclareAsync(channel, DeadLetters, DeadLetters, bounded, cancel).ConfigureAwait(false);
        var expiring = new Dictionary<string, object?> { ["x-expires"] = (long)QueueExpiry.TotalMilliseconds };
        await DeclareAsync(channel, Queue, Exchange, expiring, cancel).ConfigureAwait(false);
    }

    private static async Task DeclareAsync(
        IChannel channel, string queue, string exchange, Dictionary<string, object?> arguments, CancellationToken cancel)
    {
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancel)
            .ConfigureAwait(false);
        await channel.QueueBindAsync(queue, exchange, string.Empty, cancellationToken: cancel).ConfigureAwait(false);
    }
}
