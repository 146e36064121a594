using RabbitMQ.Client;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>A message with a command. The broker keeps it until it is acknowledged, and delivers it again after a disconnection.</summary>
public sealed class RabbitMqMessage
{
    private readonly RabbitMqSession session;
    private readonly ulong tag;

    internal RabbitMqMessage(RabbitMqSession session, ulong tag, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        (this.session, this.tag, Body) = (session, tag, body);
        Properties = new BasicProperties(properties);
    }

    /// <summary>What was sent.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The sender's id of the message; null: it has none.</summary>
    public string? MessageId => Properties.MessageId is { Length: > 0 } id ? id : null;

    /// <summary>Whether the sender wants an answer.</summary>
    public bool WantsReply => Properties.ReplyTo is { Length: > 0 };

    internal BasicProperties Properties { get; }

    /// <summary>The broker may forget the message. Without a connection it delivers the message again.</summary>
    public Task AcknowledgeAsync() => session.AcknowledgeAsync(tag);

    /// <summary>The broker takes the message back, and delivers it again at once, however often.</summary>
    public Task ReturnAsync() => session.ReturnAsync(this, tag);

    /// <summary>Puts the message aside, and acknowledges it.</summary>
    /// <param name="reason">Goes into the header <c>x-rx-reason</c>.</param>
    public Task PutAsideAsync(string reason) => session.PutAsideAsync(this, tag, reason);

    /// <summary>Answers the sender. An answer that cannot be delivered is dropped.</summary>
    public Task ReplyAsync(ReadOnlyMemory<byte> reply) => WantsReply ? session.ReplyAsync(Properties, reply) : Task.CompletedTask;
}
