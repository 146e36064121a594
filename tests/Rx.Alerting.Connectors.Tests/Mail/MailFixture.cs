using System.Text;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>What a real server gets, read by a real parser.</summary>
public abstract class MailFixture : IDisposable
{
    protected static DateTimeOffset Now { get; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    protected MailServer Server { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected MailOptions Options => new()
    {
        Host = "127.0.0.1",
        Port = Server.Port,
        Security = MailSecurity.None,
        From = "Alerting <alerting@example.com>",
        To = ["ana@example.com", "bo@example.com"],
        Cc = ["chris@example.com"],
    };

    public void Dispose()
    {
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <returns>The reference of the thread.</returns>
    private protected async Task<string?> DeliverAsync(Notification notification, MailOptions? options = null)
    {
        var notifier = new MailNotifier(options ?? Options, new FakeTimeProvider(Now));
        return Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(notification, Cancel)).Reference;
    }

    protected async Task<MimeMessage> MailAsync(Notification notification)
    {
        await DeliverAsync(notification);
        return Mails()[^1];
    }

    protected List<MimeMessage> Mails() => [.. Server.Mails.Select(Parse)];

    /// <summary>The lines of a mail as they came.</summary>
    protected static string[] Lines(ReceivedMail mail) => Encoding.Latin1.GetString(mail.Content).Split("\r\n");

    protected static MimeMessage Parse(ReceivedMail mail) => MimeMessage.Load(new MemoryStream(mail.Content), Cancel);

    /// <summary>The text, with the same line ends everywhere.</summary>
    protected static string Text(MimeMessage mail) => mail.TextBody!.Replace("\r\n", "\n", StringComparison.Ordinal);

    protected static byte[] Content(MimePart part)
    {
        var content = new MemoryStream();
        part.Content!.DecodeTo(content, Cancel);
        return content.ToArray();
    }

    protected static string Structure(MimeEntity? entity) => entity is Multipart many
        ? $"{many.ContentType.MimeType}({string.Join(", ", many.Select(Structure))})"
        : entity!.ContentType.MimeType;
}
