using System.Net.Security;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using Rx.Alerting.Connectors.Tls;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>What a server says of a recipient whom it refuses.</summary>
internal readonly record struct RefusedRecipient(string Address, int Status, string Said);

/// <summary>One connection to a server. Recipients whom the server refuses do not keep the mail from the others.</summary>
internal sealed class MailSession : SmtpClient, ITransferProgress
{
    private readonly List<RefusedRecipient> refused = [];

    /// <param name="trust">Whom the certificate may be signed by. Null: whom the machine trusts.</param>
    public MailSession(CertificateTrust? trust)
    {
        Timeout = (int)TimeSpan.FromHours(1).TotalMilliseconds; // The caller cancels.
        CheckCertificateRevocation = false; // As for other receivers: a list of revoked certificates may be out of reach.
        ServerCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            CertificateErrors = errors;
            return trust?.IsTrusted(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None;
        };
    }

    public IReadOnlyList<RefusedRecipient> Refused => refused;

    /// <summary>Whether the server refuses everybody.</summary>
    public bool HasNobody { get; private set; }

    /// <summary>What this machine has against the server's certificate.</summary>
    public SslPolicyErrors CertificateErrors { get; private set; }

    /// <summary>Whether the server has got a part of the mail.</summary>
    public bool HasBegun { get; private set; }

    void ITransferProgress.Report(long bytesTransferred, long totalSize) => HasBegun = true;

    void ITransferProgress.Report(long bytesTransferred) => HasBegun = true;

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        refused.Add(new(mailbox.Address, (int)response.StatusCode, response.Response));

    protected override void OnNoRecipientsAccepted(MimeMessage message) => HasNobody = true;
}
