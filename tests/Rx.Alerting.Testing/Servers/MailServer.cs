using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Rx.Alerting.Testing.Servers;

/// <summary>A mail that a server has taken.</summary>
/// <param name="Sender">Of the envelope.</param>
/// <param name="Recipients">Of the envelope.</param>
/// <param name="Content">As it came.</param>
/// <param name="IsSecure">Whether it came over TLS.</param>
/// <param name="User">Who has sent it. Null: nobody has said who they are.</param>
public sealed record ReceivedMail(string Sender, IReadOnlyList<string> Recipients, byte[] Content, bool IsSecure, string? User);

/// <summary>An SMTP server on a free loopback port. It keeps what it takes.</summary>
public sealed class MailServer : IDisposable
{
    public const string User = "alerting";

    private readonly ConcurrentQueue<ReceivedMail> mails = new();
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2? certificate;

    /// <param name="tls">The authority of the server's certificate. Null: no TLS.</param>
    /// <param name="isSecure">Whether TLS begins at once; otherwise after STARTTLS.</param>
    /// <param name="password">What <see cref="User"/> has to say. Null: everybody may send.</param>
    /// <param name="maximumBytes">The largest mail. 0: any.</param>
    /// <param name="address">A loopback address.</param>
    public MailServer(
        TestAuthority? tls = null, bool isSecure = false, string? password = null, int maximumBytes = 0, string address = "127.0.0.1")
    {
        Password = password;
        certificate = tls is null ? null : X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile);
        var endpoint = new EndpointDefinitionBuilder().Endpoint(new(IPAddress.Parse(address), Port)).IsSecure(isSecure)
            .AuthenticationRequired(password is not null).AllowUnsecureAuthentication(tls is null);
        if (certificate is not null)
            endpoint = endpoint.Certificate(certificate);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint.Build());
        if (maximumBytes > 0)
            options = options.MaxMessageSize(maximumBytes, MaxMessageSizeHandling.Strict);
        var services = new ServiceProvider();
        services.Add(new Store(this));
        services.Add(new Filter(this));
        services.Add(new Authenticator(this));
        _ = new SmtpServer.SmtpServer(options.Build(), services).StartAsync(stop.Token);
    }

    public int Port { get; } = FreePort.Find();

    public IReadOnlyList<ReceivedMail> Mails => [.. mails];

    /// <summary>Recipients whom the server refuses, with what it says.</summary>
    public ConcurrentDictionary<string, SmtpResponse> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>May change while the server runs.</summary>
    public string? Password { get; set; }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        certificate?.Dispose();
    }

    private static string Text(IMailbox mailbox) => $"{mailbox.User}@{mailbox.Host}";

    private sealed class Store(MailServer server) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            server.mails.Enqueue(new(
                Text(transaction.From),
                [.. transaction.To.Select(Text)],
                buffer.ToArray(),
                context.Pipe.IsSecure,
                context.Authentication.IsAuthenticated ? context.Authentication.User : null));
            return Task.FromResult(new SmtpResponse(SmtpReplyCode.Ok, $"queued as {server.mails.Count}"));
        }
    }

    private sealed class Filter(MailServer server) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(
            ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            server.Refused.TryGetValue(Text(to), out var response) ? throw new SmtpResponseException(response) : Task.FromResult(true);
    }

    private sealed class Authenticator(MailServer server) : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(
            ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult(user == User && password == server.Password);
    }
}
