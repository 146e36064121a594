using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>What has become of a mail when the server does not take it.</summary>
/// <param name="server">Host and port.</param>
/// <param name="mask">Takes secrets out of what the server says.</param>
internal sealed class MailFailures(string server, SecretMask mask)
{
    private const int MostNamed = 10;

    public string NoConnection => $"no connection to {server}, or no greeting, in time";

    public string NoAnswer => $"no answer of {server} in time; nothing was sent";

    /// <summary>There is no connection, or no secure one.</summary>
    public NotifyResult Connecting(Exception problem, SslPolicyErrors certificate) => problem switch
    {
        SmtpCommandException answer => Answer(answer.StatusCode, answer.Message),
        SslHandshakeException when certificate != SslPolicyErrors.None => NotSent(
            $"the certificate of {server} is not trusted: {Words(certificate)}"),
        SslHandshakeException => NotSent($"no secure connection to {server}: {Said(problem.GetBaseException().Message)}"),
        NotSupportedException => NotSent(
            $"{server} does not offer STARTTLS, so nothing was sent. Set Security=tls if it speaks TLS from the beginning"),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            NotSent($"the name of {server} cannot be resolved"),
        SmtpProtocolException => NotSent($"{server} does not speak SMTP, or closed the connection: {Said(problem.Message)}"),
        _ => NotSent($"no connection to {server}: {Said(problem.GetBaseException().Message)}"),
    };

    /// <summary>The server does not accept user and password, or the connection broke meanwhile.</summary>
    public NotifyResult Authenticating(Exception problem) => problem switch
    {
        AuthenticationException { InnerException: SmtpCommandException { StatusCode: var status, Message: var said } } =>
            (int)status is >= 400 and < 500
                ? Answer(status, said)
                : new NotifyResult.Refused($"{server} does not accept User and Password: {Line(status, said)}"),
        AuthenticationException => new NotifyResult.Refused($"{server} does not accept User and Password: {Said(problem.Message)}"),
        NotSupportedException => NotSent(
            $"{server} does not offer to take a password in a way that this program knows. If it wants none, leave User empty"),
        _ => Sending(problem, isInDoubt: false),
    };

    /// <summary>The server does not take the mail, or the connection broke.</summary>
    public NotifyResult Sending(Exception problem, bool isInDoubt) => problem switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted, Mailbox.Address: var sender } answer
            when answer.StatusCode != SmtpStatusCode.ExceededStorageAllocation => // That is about the mail's size.
            Answer(answer.StatusCode, answer.Message, $" to the sender {sender}"),
        SmtpCommandException answer => Answer(answer.StatusCode, answer.Message),
        MailKit.ServiceNotAuthenticatedException => new NotifyResult.Refused($"{server} wants User and Password: {Said(problem.Message)}"),
        NotSupportedException => new NotifyResult.Refused($"{server} cannot take the mail: {Said(problem.Message)}"),
        _ => new NotifyResult.Later($"the connection to {server} broke before the answer", isInDoubt),
    };

    /// <summary>The server takes the mail for nobody.</summary>
    public NotifyResult Nobody(IReadOnlyList<RefusedRecipient> refused)
    {
        var problem = $"{server} refuses {Words(refused)}";
        return refused.Any(one => one.Status < 500) ? NotSent(problem) : new NotifyResult.Refused(problem);
    }

    /// <summary>Recipients with what the server says of each; the first ones of many.</summary>
    public string Words(IReadOnlyList<RefusedRecipient> refused)
    {
        var words = string.Join(
            "; ", refused.Take(MostNamed).Select(one => $"{one.Address} ({Line((SmtpStatusCode)one.Status, one.Said)})"));
        return refused.Count > MostNamed ? $"{words}; and {refused.Count - MostNamed} more" : words;
    }

    /// <summary>What a server says, without secrets, on one line.</summary>
    public string Said(string text) => mask.Shown(text);

    private NotifyResult Answer(SmtpStatusCode status, string said, string to = "")
    {
        var problem = $"{server} answers{to} {Line(status, said)}";
        return (int)status is >= 500 and < 600 ? new NotifyResult.Refused(problem) : NotSent(problem);
    }

    private string Line(SmtpStatusCode status, string said) => string.Create(CultureInfo.InvariantCulture, $"{(int)status}: {Said(said)}");

    private static string Words(SslPolicyErrors errors) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "there is none"
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "it is for another name"
        : "nobody whom this machine or CertificateAuthority trusts has signed it, or its time is over";

    private static NotifyResult.Later NotSent(string problem) => new(problem, IsInDoubt: false);
}
