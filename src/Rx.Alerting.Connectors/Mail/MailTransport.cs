using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Rx.Alerting.Connectors.Tls;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>What a server has answered to a mail that it has taken.</summary>
/// <param name="Said">Its answer.</param>
/// <param name="Refused">Recipients who do not get the mail. Null: all get it.</param>
internal sealed record MailReceipt(string Said, string? Refused);

/// <summary>Brings mails to the server: each over a connection of its own, because mails are few, and servers close what is idle.</summary>
internal sealed class MailTransport(MailOptions options, TimeProvider clock)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The mail is accepted; the farewell must not take long.</summary>
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(1);

    private readonly MailPassword password = new(options);
    private readonly CertificateTrust? trust = options.CertificateAuthority.Length > 0 ? new(options.CertificateAuthority) : null;

    /// <summary>Sends a mail. Is cancelled also if it takes too long.</summary>
    /// <param name="write">Writes the mail; told how large it may be. 0: the server does not say.</param>
    /// <param name="cancel">Cancels.</param>
    /// <returns>Either what the server has answered, or why it has not taken the mail.</returns>
    public async Task<(MailReceipt? Receipt, NotifyResult? Failure)> SendAsync(Func<long, MimeMessage> write, CancellationToken cancel)
    {
        var secret = password.Read();
        var failures = new MailFailures(options.Server, password.MaskOf(secret));
        using var session = new MailSession(trust);
        if (options.LocalName.Length > 0)
            session.LocalDomain = options.LocalName;
        if (await ConnectAsync(session, failures, cancel) is { } noConnection)
            return (null, noConnection);
        if (options.User.Length > 0 && await AuthenticateAsync(session, secret, failures, cancel) is { } noEntry)
            return (null, noEntry);
        try
        {
            using var mail = write(session.MaxSize);
            var said = await session.SendAsync(mail, cancel, session);
            await QuitAsync(session);
            return (new(failures.Said(said), session.Refused.Count > 0 ? failures.Words(session.Refused) : null), null);
        }
        catch (SmtpCommandException) when (session.HasNobody)
        {
            return (null, failures.Nobody(session.Refused));
        }
        catch (Exception problem) when (IsExpected(problem))
        {
            return (null, failures.Sending(problem, session.HasBegun));
        }
    }

    private async Task<NotifyResult?> ConnectAsync(MailSession session, MailFailures failures, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await session.ConnectAsync(options.Host, options.EffectivePort, Tls(options.Security), either.Token);
            return null;
        }
        catch (Exception problem) when (IsExpected(problem) || problem is OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested(); // MailKit says of a handshake that was cancelled only that it failed.
            return failures.Connecting(
                limit.IsCancellationRequested ? new OperationCanceledException() : problem, session.CertificateErrors);
        }
    }

    private async Task<NotifyResult?> AuthenticateAsync(MailSession session, string secret, MailFailures failures, CancellationToken cancel)
    {
        try
        {
            await session.AuthenticateAsync(options.User, secret, cancel);
            return null;
        }
        catch (Exception problem) when (IsExpected(problem))
        {
            return failures.Authenticating(problem);
        }
    }

    private async Task QuitAsync(MailSession session)
    {
        using var limit = new CancellationTokenSource(QuitTimeout, clock);
        await session.DisconnectAsync(quit: true, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static SecureSocketOptions Tls(MailSecurity security) => security switch
    {
        MailSecurity.Starttls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    private static bool IsExpected(Exception problem) => problem is SmtpCommandException or SmtpProtocolException or IOException
        or SocketException or SslHandshakeException or AuthenticationException or ServiceNotAuthenticatedException
        or ServiceNotConnectedException or NotSupportedException;
}
