using System.Text.RegularExpressions;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Servers;
using SmtpServer.Protocol;
using static Rx.Alerting.Connectors.Tests.Mail.MailTelling;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>Servers that do not take a mail for somebody, or do not take so much.</summary>
public sealed class MailRecipientTests
{
    [Fact]
    public async Task Notify_OneRecipientRefused_OthersGetTheMailAndItIsSaid()
    {
        using var server = new MailServer();
        server.Refused["bo@example.com"] = new(SmtpReplyCode.MailboxUnavailable, "no such user");

        var delivered = Assert.IsType<NotifyResult.Delivered>(await TellAsync(OptionsWithoutUser(server.Port)));

        Assert.Equal(["ana@example.com"], Assert.Single(server.Mails).Recipients);
        Assert.Equal("not for bo@example.com (550: no such user); for the others queued as 1", WithoutRetries(delivered.Remark!));
    }

    [Theory]
    [InlineData(550, true)]
    [InlineData(450, false)]
    public async Task Notify_AllRecipientsRefused_NamesThem(int status, bool isFinal)
    {
        using var server = new MailServer();
        server.Refused["ana@example.com"] = new((SmtpReplyCode)status, "who is that?");
        server.Refused["bo@example.com"] = new(SmtpReplyCode.MailboxUnavailable, "no such user");

        var result = await TellAsync(OptionsWithoutUser(server.Port));

        var problem = $"127.0.0.1:{server.Port} refuses ana@example.com ({status}: who is that?); bo@example.com (550: no such user)";
        NotifyResult expected = isFinal ? new NotifyResult.Refused(problem) : new NotifyResult.Later(problem, IsInDoubt: false);
        Assert.Equal(expected.ToString(), WithoutRetries(result.ToString()));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Notify_MailTooLarge_IsRefused()
    {
        using var server = new MailServer(maximumBytes: 500);
        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(OptionsWithoutUser(server.Port)));
        Assert.Contains(" 552: ", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_ManyRecipientsRefused_NamesTen()
    {
        using var server = new ScriptedMailServer(line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 No" : null);
        var options = Options(server.Port) with { To = [.. Enumerable.Range(0, 300).Select(i => $"user-{i}@example.com")] };
        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(options));
        Assert.EndsWith("user-9@example.com (550: No); and 290 more", refused.Problem, StringComparison.Ordinal);
    }

    /// <summary>What the server in the process adds on its own.</summary>
    private static string WithoutRetries(string said) => Regex.Replace(said, @", \d retry\(ies\) remaining\.", "");
}
