using RabbitMQ.Client;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>Sends replies. A reply that cannot be delivered is dropped: a sender to whom it matters sends the command again.</summary>
/// <remarks>
/// The broker drops a reply to a queue that is gone. But it closes the channel of a direct reply (<c>amq.rabbitmq.reply-to</c>) whose
/// address is wrong, and other replies on that channel would be lost. So each direct reply has a channel of its own, and all others share
/// one.
/// </remarks>
internal sealed class RabbitMqReplies(IConnection connection)
{
    private const string Direct = "amq.";
    private const int MaximumDirect = 16;
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1);
    private readonly SemaphoreSlim direct = new(MaximumDirect);
    private IChannel? shared;

    public async Task SendAsync(BasicProperties request, ReadOnlyMemory<byte> reply)
    {
        var address = request.ReplyTo!;
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            CorrelationId = request.CorrelationId ?? request.MessageId,
        };
        using var timeout = new CancellationTokenSource(ReplyTimeout);
        try
        {
            if (address.StartsWith(Direct, StringComparison.Ordinal))
                await SendDirectlyAsync(address, properties, reply, timeout.Token).ConfigureAwait(false);
            else
                await SendInTurnAsync(address, properties, reply, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (RabbitMqErrors.IsKnown(gone) || gone is OperationCanceledException)
        {
            // Nobody can be told.
        }
    }

    private async Task SendInTurnAsync(
        string address, BasicProperties properties, ReadOnlyMemory<byte> reply, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (shared is not { IsOpen: true })
                shared = await connection.CreateChannelAsync(cancellationToken: cancel).ConfigureAwait(false);
            await shared.BasicPublishAsync(string.Empty, address, mandatory: false, properties, reply, cancel).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task SendDirectlyAsync(
        string address, BasicProperties properties, ReadOnlyMemory<byte> reply, CancellationToken cancel)
    {
        await direct.WaitAsync(cancel).ConfigureAwait(false);
        IChannel? channel = null;
        try
        {
            channel = await connection.CreateChannelAsync(cancellationToken: cancel).ConfigureAwait(false);
            await channel.BasicPublishAsync(string.Empty, address, mandatory: false, properties, reply, cancel).ConfigureAwait(false);
        }
        finally
        {
            // Nobody waits for the end: where the broker has closed the channel, the library waits in vain for a while.
            _ = EndAsync(channel);
        }
    }

    private async Task EndAsync(IChannel? channel)
    {
        try
        {
            if (channel is not null)
                await channel.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (RabbitMqErrors.IsKnown(gone) || gone is OperationCanceledException)
        {
            // It has ended before.
        }
        finally
        {
            direct.Release();
        }
    }
}
