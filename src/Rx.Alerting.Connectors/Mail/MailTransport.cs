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

/// <summary>What has become of a mail.</summary>
/// <param name="Receipt">What the server has answered. Null: it has not taken the mail.</param>
/// <param name="Failure">Why not. Null: it has.</param>
/// <param name="IsTooLarge">Whether a smaller mail may be taken.</param>
internal sealed record MailAnswer(MailReceipt? Receipt, NotifyResult? Failure, bool IsTooLarge = false);

/// <summary>Brings mails to the server: each over a connection of its own, because mails are few, and servers close what is idle.</summary>
internal sealed class MailTransport(MailOptions options, TimeProvider clock)
{
    /// <summary>The mail is accepted; the farewell must not take long.</summary>
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(1);

    private readonly MailPassword password = new(options);
    private readonly CertificateTrust? trust = options.CertificateAuthority.Length > 0 ? new(options.CertificateAuthority) : null;

    /// <summary>Sends a mail.</summary>
    /// <param name="write">Writes the mail; told how large it may be. 0: the server does not say.</param>
    /// <param name="cancel">Also the bound of time: a server that is slow to greet may be busy, and take the mail yet.</param>
    /// <exception cref="NothingSentException">It was cancelled before the server had a part of the mail.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled later.</exception>
    public async Task<MailAnswer> SendAsync(Func<long, MimeMessage> write, CancellationToken cancel)
    {
        var secret = password.Read();
        var failures = new MailFailures(options.Server, password.MaskOf(secret));
        using var session = new MailSession(trust);
        if (options.LocalName.Length > 0)
            session.LocalDomain = options.LocalName;
        try
        {
            if (await ConnectAsync(session, failures, cancel) is { } noConnection)
                return new(null, noConnection);
            if (options.User.Length > 0 && await AuthenticateAsync(session, secret, failures, cancel) is { } noEntry)
                return new(null, noEntry);
            using var mail = write(session.MaxSize);
            var said = await session.SendAsync(mail, cancel, session);
            await QuitAsync(session);
            return new(new(failures.Said(said), session.Refused.Count > 0 ? failures.Words(session.Refused) : null), null);
        }
        catch (SmtpCommandException) when (session.HasNobody)
        {
            return new(null, failures.Nobody(session.Refused));
        }
        catch (Exception problem) when (IsExpected(problem))
        {
            var isTooLarge = problem is SmtpCommandException { StatusCode: SmtpStatusCode.ExceededStorageAllocation };
            return new(null, failures.Sending(problem, session.HasBegun), isTooLarge);
        }
        catch (OperationCanceledException) when (!session.HasBegun)
        {
            throw new NothingSentException(session.IsConnected ? failures.NoAnswer : failures.NoConnection, cancel);
        }
    }

    private async Task<NotifyResult?> ConnectAsync(MailSession session, MailFailures failures, CancellationToken cancel)
    {
        try
        {
            await session.ConnectAsync(options.Host, options.EffectivePort, Tls(options.Security), cancel);
            return null;
        }
        catch (Exception problem) when (IsExpected(problem))
        {
            cancel.ThrowIfCancellationRequested(); // MailKit says of a handshake that was cancelled only that it failed.
            return failures.Connecting(problem, session.CertificateErrors);
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
