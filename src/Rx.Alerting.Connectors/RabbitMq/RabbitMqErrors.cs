using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>Says what an error of the library means, and what to look at. Never says the password.</summary>
internal static class RabbitMqErrors
{
    private const int AccessRefused = 403, NotFound = 404, PreconditionFailed = 406, NotAllowed = 530;

    public static bool IsKnown(Exception e) => e
        is RabbitMQClientException
        or RabbitMqException
        or IOException
        or SocketException
        or AuthenticationException
        or TimeoutException
        or ObjectDisposedException;

    public static RabbitMqException Translate(Exception e, string broker)
    {
        if (e is RabbitMqException translated)
            return translated;
        var errors = All(e).ToList();
        var what = errors.OfType<AuthenticationFailureException>().Any()
            ? "does not let us in: see user and password in RabbitMq:Uri"
            : errors.OfType<AuthenticationException>().Any()
            ? "has no connection by TLS: see that the port speaks it, and that this machine trusts the certificate of this host"
            : errors.OfType<OperationInterruptedException>().FirstOrDefault()?.ShutdownReason is { } reason ? Words(reason)
            : $"does not answer: {errors[^1].Message}";
        return new RabbitMqException($"{broker} {what}", e);
    }

    /// <summary>Why a connection or channel was closed.</summary>
    public static string Words(ShutdownEventArgs reason) => reason switch
    {
        { ReplyCode: AccessRefused } when reason.ReplyText.Contains("exclusive use", StringComparison.Ordinal) =>
            "has another process at our queue: give each process a RabbitMq:Queue of its own",
        { ReplyCode: AccessRefused } => $"does not allow what is needed: {reason.ReplyText}",
        { ReplyCode: NotFound } => $"lacks something: {reason.ReplyText}",
        { ReplyCode: PreconditionFailed } when reason.ReplyText.Contains("timed out", StringComparison.Ordinal) =>
            $"has waited too long for a command: {reason.ReplyText}. Set RabbitMq:RedeliverAfter below the broker's consumer_timeout",
        { ReplyCode: PreconditionFailed } =>
            $"has it in another form: {reason.ReplyText}. Delete it there, or choose another RabbitMq:Exchange or RabbitMq:Queue",
        { ReplyCode: NotAllowed } => $"does not let us in: {reason.ReplyText}. See the virtual host in RabbitMq:Uri",
        _ => $"has closed the connection: {reason.ReplyText}",
    };

    private static IEnumerable<Exception> All(Exception e) => e is AggregateException many
        ? many.InnerExceptions.SelectMany(All).Prepend(e)
        : e.InnerException is { } inner ? All(inner).Prepend(e) : [e];
}
