using MimeKit;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Notifications;

namespace Rx.Alerting.Connectors.Tests.Mail;

public sealed class MailMessageTests : MailFixture
{
    [Fact]
    public async Task Mail_OfAnIncident_HasTextAndHtmlWithThePictureInIt()
    {
        var mail = await MailAsync(NotificationSamples.Sample());

        Assert.Equal(
            "multipart/alternative(text/plain, multipart/related(text/html, image/png))", Structure(mail.Body));
        var picture = mail.BodyParts.OfType<MimePart>().Single(part => part.ContentType.IsMimeType("image", "png"));
        Assert.Contains($"src=\"cid:{picture.ContentId}\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("inline", picture.ContentDisposition!.Disposition);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], Content(picture)[..4]);
        Assert.Equal("Alerting <alerting@example.com>", mail.From.ToString().Replace("\"", ""));
        Assert.Equal(("ana@example.com, bo@example.com", "chris@example.com"), (mail.To.ToString(), mail.Cc.ToString()));
    }

    [Fact]
    public async Task Mail_OfAnIncident_SaysTheFactsInTextAndHtml()
    {
        var incident = NotificationSamples.Titled("a", IncidentStatus.Closed) with
        {
            AffectedViewsPerHour = 560.4,
            AffectedTitles = 12,
            AffectedProperties = 3,
            Reason = IncidentReason.ClosedByHand,
            Acknowledgement = new("Ana", IncidentSamples.Start, "looking"),
            Timeline = [.. Enumerable.Range(0, 4).Select(i => new TimelinePoint(IncidentSamples.Start.AddMinutes(i), 100, i * 20))],
        };

        var other = NotificationSamples.Titled("b", IncidentStatus.Closed, "Other");
        var mail = await MailAsync(NotificationSamples.Sample(NotificationEvent.Closed, null, incident, other));

        Assert.Equal(
            [
                "Closed: “Enlace” of property and 1 more",
                "",
                "The network was lost",
                "Error rate: up to 91.0 %, normally 1.20 %",
                "Course: ▁▃▆█ up to 60.0 %",
                "Affected: 1,234 views, 560 an hour",
                "Properties: 3",
                "Titles: 12",
                "Error type: networkError",
                "Since: 2023-11-14 22:13:20 UTC",
                "Until: 2023-11-14 22:14:20 UTC, after 1 min 0 s",
                "Why: by hand",
                "Acknowledged by: Ana — looking",
                "",
                "Also:",
                "- “Other” of property: 91.0 %, The network was lost",
                "",
                "Show the incident: https://alerting.example.com/incidents/5f0d0c8a4e2b",
            ],
            Text(mail).TrimEnd().Split('\n'));
        Assert.Contains("Closed: “Enlace” of property", System.Net.WebUtility.HtmlDecode(mail.HtmlBody!), StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://alerting.example.com/incidents/5f0d0c8a4e2b\">", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_Headers_KeepProgramsFromAnswering()
    {
        var mail = await MailAsync(NotificationSamples.Sample());

        Assert.Equal(
            ("auto-generated", "All", "Rx.Alerting <rx-alerting.example.com>", "opened", "warning"),
            (mail.Headers["Auto-Submitted"], mail.Headers["X-Auto-Response-Suppress"], mail.Headers["List-Id"],
                mail.Headers["X-Rx-Alerting-Event"], mail.Headers["X-Rx-Alerting-Severity"]));
        Assert.Equal(Now, mail.Date);
    }

    [Theory]
    [InlineData(IncidentSeverity.Alert, NotificationEvent.Opened, MessageImportance.High)]
    [InlineData(IncidentSeverity.Alert, NotificationEvent.Closed, MessageImportance.Normal)]
    [InlineData(IncidentSeverity.Warning, NotificationEvent.Opened, MessageImportance.Normal)]
    public async Task Mail_OfAnOpenAlert_IsImportant(IncidentSeverity severity, NotificationEvent what, MessageImportance importance)
    {
        var status = what == NotificationEvent.Opened ? IncidentStatus.Open : IncidentStatus.Closed;
        var mail = await MailAsync(NotificationSamples.Sample(what, null, NotificationSamples.Titled("a", status, severity: severity)));
        Assert.Equal(importance, mail.Importance);
    }

    [Fact]
    public async Task Mail_IncidentWithoutACourse_HasNoPicture()
    {
        var mail = await MailAsync(
            NotificationSamples.Sample(NotificationEvent.Opened, null, NotificationSamples.Titled("a") with { Timeline = [] }));
        Assert.Equal("multipart/alternative(text/plain, text/html)", Structure(mail.Body));
        Assert.DoesNotContain("<img", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_PictureNotWanted_HasNone()
    {
        await DeliverAsync(NotificationSamples.Sample(), Options with { Picture = false });
        Assert.Equal("multipart/alternative(text/plain, text/html)", Structure(Mails()[0].Body));
    }
}
