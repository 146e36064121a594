using System.ComponentModel.DataAnnotations;
using System.Net;
using Rx.Alerting.Connectors.Tls;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>E-mail over a server that speaks SMTP: a thread of mails for each incident. docs/channels.md has examples.</summary>
[OptionSection("Channels:NAME", Kind = "mail")]
public sealed record MailOptions : IValidatableObject
{
    /// <summary>The server's name or address, as its certificate has it.</summary>
    [Pattern(@"[A-Za-z0-9._:-]+", "a name such as smtp.example.com")]
    public string Host { get; init; } = "";

    /// <summary>The server's port. 0: 587 with <c>starttls</c>, 465 with <c>tls</c>, 25 with <c>none</c>.</summary>
    [Range(0, 65535)]
    public int Port { get; init; }

    /// <summary>
    /// How mails are protected on their way to the server: by TLS after STARTTLS, by TLS from the beginning, or not at all. If the server
    /// does not offer STARTTLS, <c>starttls</c> sends nothing.
    /// </summary>
    public MailSecurity Security { get; init; }

    /// <summary>
    /// Whether mails may go to another machine with <c>Security=none</c>. Everybody on the way can read them. A password never goes so.
    /// </summary>
    public bool AllowUnencrypted { get; init; }

    /// <summary>
    /// A PEM file with the certificate authorities that may sign the server's certificate. Empty: the authorities that the machine trusts.
    /// </summary>
    public string CertificateAuthority { get; init; } = "";

    /// <summary>The user at the server. Empty: the server wants none.</summary>
    public string User { get; init; } = "";

    /// <summary>The user's password, or a password for this program only, where the provider gives such.</summary>
    [Secret]
    public string Password { get; init; } = "";

    /// <summary>A file with the password, instead of <see cref="Password"/>. It is read again for every mail.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>Who sends, as in <c>Alerting &lt;alerting@example.com&gt;</c>. Ids of mails end with the address's domain.</summary>
    public string From { get; init; } = "";

    /// <summary>Who is told.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Who gets a copy.</summary>
    public IReadOnlyList<string> Cc { get; init; } = [];

    /// <summary>How this machine introduces itself (<c>EHLO</c>). Empty: with its address.</summary>
    [Pattern(@"|[A-Za-z0-9.-]+", "a name such as alerting.example.com, or empty")]
    public string LocalName { get; init; } = "";

    /// <summary>Whether mails have a picture of the error rate.</summary>
    public bool Picture { get; init; } = true;

    internal int EffectivePort => Port > 0 ? Port : Security switch
    {
        MailSecurity.Starttls => 587,
        MailSecurity.Tls => 465,
        _ => 25,
    };

    internal string Server => $"{Host}:{EffectivePort}";

    private bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Without user and password.</summary>
    public override string ToString() => $"mail, {Server}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        const string address = "an e-mail address such as alerting@example.com";
        if (Security == MailSecurity.None && !IsLoopback && User.Length > 0)
            yield return new("must not be none with User: everybody on the way can read the password", [nameof(Security)]);
        else if (Security == MailSecurity.None && !IsLoopback && !AllowUnencrypted)
            yield return new("must not be none for another machine without AllowUnencrypted", [nameof(Security)]);
        if (User.Length > 0 != Password.Length > 0)
            yield return new("must be set with User, and only with it", [nameof(Password)]);
        if (MailAddress.Parse(From) is null)
            yield return new($"must be {address}", [nameof(From)]);
        if (To.Count == 0)
            yield return new($"must have at least {address}", [nameof(To)]);
        if (To.Any(one => MailAddress.Parse(one) is null))
            yield return new($"must each be {address}", [nameof(To)]);
        if (Cc.Any(one => MailAddress.Parse(one) is null))
            yield return new($"must each be {address}", [nameof(Cc)]);
        if (CertificateAuthority.Length > 0 && !CertificateTrust.CanRead(CertificateAuthority))
            yield return new("must name a file that is there, can be read, and holds a certificate in PEM", [nameof(CertificateAuthority)]);
    }
}

/// <summary>How mails are protected on their way to the server.</summary>
public enum MailSecurity
{
    /// <summary>By TLS, which begins after STARTTLS.</summary>
    Starttls,

    /// <summary>By TLS from the beginning.</summary>
    Tls,

    /// <summary>Not at all.</summary>
    None,
}
