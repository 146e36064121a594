using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Mail;

public sealed class MailTlsTests : IDisposable
{
    private const string Password = "SecretOfTheMailUser";

    private readonly TestAuthority authority = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MailSecurity.Starttls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Notify_ServerOfAnAuthorityThatIsTrusted_GetsPasswordAndMailOverTls(MailSecurity security)
    {
        using var server = new MailServer(authority, security == MailSecurity.Tls, Password);

        Assert.IsType<NotifyResult.Delivered>(await TellAsync(server.Port, security, authority.AuthorityFile));

        var mail = Assert.Single(server.Mails);
        Assert.Equal((true, MailServer.User), (mail.IsSecure, mail.User));
    }

    [Theory]
    [InlineData(MailSecurity.Starttls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Notify_CertificateOfAStranger_IsLaterWithoutDoubtAndSaysSo(MailSecurity security)
    {
        using var other = new TestAuthority();
        using var server = new MailServer(authority, security == MailSecurity.Tls, Password);

        foreach (var file in new[] { "", other.AuthorityFile })
        {
            var later = Assert.IsType<NotifyResult.Later>(await TellAsync(server.Port, security, file));
            Assert.False(later.IsInDoubt);
            Assert.Equal(
                $"the certificate of 127.0.0.1:{server.Port} is not trusted: "
                + "nobody whom this machine or CertificateAuthority trusts has signed it, or its time is over",
                later.Problem);
        }

        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Notify_CertificateForAnotherName_IsLater()
    {
        const string another = "127.0.0.2";
        using var server = new MailServer(authority, isSecure: true, Password, address: another);

        var later = Assert.IsType<NotifyResult.Later>(
            await TellAsync(server.Port, MailSecurity.Tls, authority.AuthorityFile, another));

        Assert.EndsWith("is not trusted: it is for another name", later.Problem, StringComparison.Ordinal);
    }

    /// <summary>Somebody on the way may have taken STARTTLS out of what the server offers.</summary>
    [Fact]
    public async Task Notify_NoStarttlsOffered_SendsNeitherPasswordNorMail()
    {
        using var server = new ScriptedMailServer(_ => null);

        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(server.Port, MailSecurity.Starttls, ""));

        Assert.False(later.IsInDoubt);
        Assert.StartsWith($"127.0.0.1:{server.Port} does not offer STARTTLS, so nothing was sent", later.Problem, StringComparison.Ordinal);
        Assert.Equal([ScriptedMailServer.Greeting, "EHLO"], server.Commands.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Notify_StarttlsRefused_SendsNothing()
    {
        using var server = new ScriptedMailServer(line => line switch
        {
            "STARTTLS" => "454 4.7.0 TLS not available",
            _ when line.StartsWith("EHLO", StringComparison.Ordinal) => "250-localhost\r\n250 STARTTLS",
            _ => null,
        });

        Assert.IsType<NotifyResult.Later>(await TellAsync(server.Port, MailSecurity.Starttls, ""));

        Assert.Equal("STARTTLS", server.Commands[^1]);
    }

    [Fact]
    public async Task Notify_TlsToAServerWithoutIt_IsLater()
    {
        using var server = new ScriptedMailServer(_ => null);
        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(server.Port, MailSecurity.Tls, ""));
        Assert.StartsWith($"no secure connection to 127.0.0.1:{server.Port}: ", later.Problem, StringComparison.Ordinal);
    }

    public void Dispose() => authority.Dispose();

    private static Task<NotifyResult> TellAsync(int port, MailSecurity security, string authorityFile, string host = "127.0.0.1") =>
        new MailNotifier(
            new()
            {
                Host = host,
                Port = port,
                Security = security,
                CertificateAuthority = authorityFile,
                User = MailServer.User,
                Password = Password,
                From = "alerting@example.com",
                To = ["ana@example.com"],
            },
            TimeProvider.System).NotifyAsync(NotificationSamples.Sample(), Cancel);
}
