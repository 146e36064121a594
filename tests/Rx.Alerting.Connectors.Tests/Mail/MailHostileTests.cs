using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>Texts, numbers and servers that could make a mail something else than it is.</summary>
public sealed class MailHostileTests : MailFixture
{
    [Theory]
    [InlineData("Enlace\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>", 1)]
    [InlineData(NotificationSamples.HostileTitle, 1)]
    [InlineData("\"><img src=x onerror=alert(1)>", 1)]
    [InlineData("\r\n.\r\nMAIL FROM:<eve@example.com>\r\n", 1)]
    [InlineData("=?utf-8?B?RXZl?= \u202Eabc\u2066", 1)]
    [InlineData("\uD83D alone \uDE00", 1)]
    [InlineData("😀é", 5_000)]
    [InlineData("x", 10_000)]
    public async Task Mail_HostileTexts_StayTexts(string text, int times)
    {
        var hostile = string.Concat(Enumerable.Repeat(text, times));
        var incident = NotificationSamples.Titled("a", title: hostile) with
        {
            PropertyId = hostile,
            ErrorType = hostile,
            ErrorDescription = hostile,
            Acknowledgement = new(hostile, IncidentSamples.Start, hostile),
        };

        var mail = await MailAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, incident, incident with { Id = "b" }));

        Assert.Equal(["ana@example.com", "bo@example.com", "chris@example.com"], Assert.Single(Server.Mails).Recipients);
        var usual = await MailAsync(NotificationSamples.Sample());
        Assert.Equal(usual.Headers.Select(header => header.Field), mail.Headers.Select(header => header.Field));
        Assert.InRange(mail.Subject!.Length, 20, 170);
        Assert.DoesNotMatch("[\u202A-\u202E\u2066\u0007\r\n]", mail.Subject + Text(mail).Replace("\n", "", StringComparison.Ordinal));
        Assert.DoesNotMatch("<(script|img src=x|https?:|!channel)", mail.HtmlBody!);
        Assert.DoesNotContain("onerror=alert(1)>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.InRange(Text(mail).Length, 1, 4_000);
        Assert.All(Lines(Server.Mails[0]), line => Assert.InRange(line.Length, 0, 998)); // RFC 5322.
    }

    [Fact]
    public async Task Mail_ManyIncidents_ListsTenOthers()
    {
        var incidents = Enumerable.Range(0, 1_000).Select(i => NotificationSamples.Titled($"{i}", title: $"Title {i}")).ToArray();

        var mail = await MailAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, incidents));

        Assert.Equal(11, Text(mail).Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)));
        Assert.Contains("- and 989 more", Text(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_TooLargeWithThePicture_HasNone()
    {
        using var small = new MailServer(maximumBytes: 8_000);
        await DeliverAsync(NotificationSamples.Sample(), Options with { Port = small.Port });
        Assert.Equal("multipart/alternative(text/plain, text/html)", Structure(Parse(Assert.Single(small.Mails)).Body));
    }

    /// <summary>The server does not know SMTPUTF8.</summary>
    [Fact]
    public async Task Mail_ToAddressesInOtherScripts_IsSentWithTheDomainInAscii()
    {
        using var plain = new ScriptedMailServer(_ => null);
        await DeliverAsync(
            NotificationSamples.Sample(), Options with { Port = plain.Port, From = "a@exämple.com", To = ["b@exämple.com"], Cc = [] });
        Assert.Contains(plain.Commands, line => line.StartsWith("MAIL FROM:<a@xn--exmple-cua.com>", StringComparison.Ordinal));
        Assert.Contains("RCPT TO:<b@xn--exmple-cua.com>", plain.Commands);
        Assert.Contains("notification@xn--exmple-cua.com>", Assert.Single(plain.Mails), StringComparison.Ordinal);
    }
}
