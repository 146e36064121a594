using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>How mail programs put mails together.</summary>
public sealed class MailThreadTests : MailFixture
{
    [Fact]
    public async Task Mails_OfAnIncident_AreAThreadWithoutMemory()
    {
        NotificationEvent[] events =
        [
            NotificationEvent.Opened, NotificationEvent.SeverityRaised, NotificationEvent.Acknowledged, NotificationEvent.Reminder,
            NotificationEvent.Closed, NotificationEvent.Reopened, NotificationEvent.Expired,
        ];
        foreach (var what in events)
            await DeliverAsync(NotificationSamples.Sample(what));

        var mails = Mails();
        Assert.Equal(events.Length, mails.Select(mail => mail.MessageId).Distinct().Count());
        var root = Assert.Single(mails.Select(mail => mail.InReplyTo!).Distinct());
        Assert.All(mails, mail => Assert.Equal([root], mail.References));
        Assert.All(mails, mail => Assert.EndsWith("@example.com", mail.MessageId!, StringComparison.Ordinal));
        const string subject = "[Rx.Alerting] “Enlace” of property: networkError";
        Assert.Equal([subject, .. Enumerable.Repeat($"Re: {subject}", events.Length - 1)], mails.Select(mail => mail.Subject));
        Assert.Equal(
            ["Warning", "Warning", "Warning", "Still open", "Closed", "Re-opened", "Expired"],
            mails.Select(mail => Text(mail).Split(':')[0]));
    }

    [Fact]
    public async Task Mails_TitleGetsAnotherName_KeepTheirSubject()
    {
        var subject = await DeliverAsync(NotificationSamples.Sample());
        var renamed = NotificationSamples.Sample(NotificationEvent.Closed, subject, NotificationSamples.Titled("a", title: "Another name"));
        await DeliverAsync(renamed);

        Assert.Equal($"Re: {Mails()[0].Subject}", Mails()[1].Subject);
        Assert.Contains("Another name", Text(Mails()[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_SentAgain_HasTheSameIdAndThread()
    {
        await DeliverAsync(NotificationSamples.Sample());
        await DeliverAsync(NotificationSamples.Sample() with { IsInDoubt = true });

        Assert.Single(Mails().Select(mail => (mail.MessageId, mail.InReplyTo, mail.Subject)).Distinct());
    }
}
