using MimeKit;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>Writes mails. What stays the same of an incident's mails makes them a thread: what they answer to, and their subject.</summary>
internal sealed class MailMessage(MailOptions options, TimeProvider clock)
{
    private const string Tag = "[Rx.Alerting] ";
    private const int SubjectCharacters = 150;

    private readonly MailboxAddress from = MailAddress.Parse(options.From)!;

    /// <summary>The subject of an incident's first mail.</summary>
    public static string SubjectOf(Incident incident) =>
        Tag + IncidentWords.Cut($"{IncidentWords.Subject(incident)}: {IncidentWords.Printable(incident.ErrorType)}", SubjectCharacters);

    /// <summary>A mail of a notification.</summary>
    /// <param name="notification">What it tells.</param>
    /// <param name="subject">The subject of the thread.</param>
    /// <param name="picture">In PNG. Null: there is none.</param>
    public MimeMessage Of(Notification notification, string subject, byte[]? picture)
    {
        var names = new MailNames(from);
        var message = new MimeMessage
        {
            Subject = notification.Event == NotificationEvent.Opened ? subject : $"Re: {subject}",
            Date = clock.GetUtcNow(),
            MessageId = names.OfDelivery(notification.DeliveryId),
            InReplyTo = names.OfThread(notification.ThreadId),
        };
        if (notification is { Severity: IncidentSeverity.Alert, IsOver: false, IsAcknowledged: false })
            message.Importance = MessageImportance.High;
        message.From.Add(from);
        message.To.AddRange(options.To.Select(address => MailAddress.Parse(address)!));
        message.Cc.AddRange(options.Cc.Select(address => MailAddress.Parse(address)!));
        message.References.Add(names.OfThread(notification.ThreadId));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: nobody is to answer by a program.
        message.Headers.Add("X-Auto-Response-Suppress", "All"); // The same for Exchange.
        message.Headers.Add("List-Id", names.List);
        message.Headers.Add("X-Rx-Alerting-Event", notification.Event.ToString().ToLowerInvariant());
        message.Headers.Add("X-Rx-Alerting-Severity", notification.Severity.ToString().ToLowerInvariant());
        message.Body = Body(notification, picture, names.OfPicture(notification.DeliveryId));
        return message;
    }

    private static MimeEntity Body(Notification notification, byte[]? picture, string pictureId)
    {
        var facts = MailFacts.Of(notification);
        var body = new BodyBuilder
        {
            TextBody = MailText.Plain(facts),
            HtmlBody = MailText.Html(facts, notification, picture is null ? null : pictureId),
        };
        if (picture is not null)
        {
            var part = body.LinkedResources.Add("error-rate.png", picture, new ContentType("image", "png"));
            part.ContentId = pictureId;
            part.ContentDisposition = new(ContentDisposition.Inline) { FileName = "error-rate.png" };
        }

        return body.ToMessageBody();
    }
}
