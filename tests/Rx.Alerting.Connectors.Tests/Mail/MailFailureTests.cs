using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;
using SmtpServer.Protocol;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>Servers that refuse, are slow, or go away. They repeat what they were sent, so that secrets would show.</summary>
public sealed class MailFailureTests
{
    private const string Password = "SecretOfTheMailUser";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Verbs => ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "."];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Notify_PassingAnswer_IsLaterWithoutDoubt(string verb)
    {
        using var server = Answering(verb, "451 4.3.0 Try again later");
        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(server));
        Assert.False(later.IsInDoubt);
        Assert.Contains("451: 4.3.0 Try again later", later.Problem, StringComparison.Ordinal);
        Assert.StartsWith($"127.0.0.1:{server.Port} ", later.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Notify_FinalAnswer_IsRefused(string verb)
    {
        using var server = Answering(verb, "554 5.7.1 Not from you");
        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(server));
        Assert.Contains("554: 5.7.1 Not from you", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_SenderRefused_NamesTheSender()
    {
        using var server = Answering("MAIL", "550 5.7.60 Not your address");
        Assert.Equal(
            new NotifyResult.Refused($"127.0.0.1:{server.Port} answers to the sender alerting@example.com 550: 5.7.60 Not your address"),
            await TellAsync(server));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Notify_ConnectionBreaks_IsInDoubtOnlyBehindTheMail(string verb)
    {
        using var server = Answering(verb, ScriptedMailServer.Cut);
        Assert.Equal(verb == ScriptedMailServer.End, Assert.IsType<NotifyResult.Later>(await TellAsync(server)).IsInDoubt);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Notify_CancelledWhileTheServerHangs_Ends(string verb)
    {
        using var server = Answering(verb, ScriptedMailServer.Hang);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var telling = new MailNotifier(Options(server.Port), TimeProvider.System).NotifyAsync(NotificationSamples.Sample(), stop.Token);
        await server.HangAsync(Cancel);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => telling);
    }

    [Fact]
    public async Task Notify_ServerThatDoesNotGreet_IsLaterAfterFiveSeconds()
    {
        using var server = Answering(ScriptedMailServer.Greeting, ScriptedMailServer.Hang);
        var clock = new FakeTimeProvider();
        var telling = new MailNotifier(Options(server.Port), clock).NotifyAsync(NotificationSamples.Sample(), Cancel);
        await server.HangAsync(Cancel);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(new NotifyResult.Later($"no connection to 127.0.0.1:{server.Port} in time", IsInDoubt: false), await telling);
    }

    [Fact]
    public async Task Notify_ServerDoesNotSayFarewell_HasTakenTheMail()
    {
        using var server = Answering("QUIT", ScriptedMailServer.Cut);
        var delivered = Assert.IsType<NotifyResult.Delivered>(await TellAsync(server));
        Assert.Equal("2.0.0 Ok: queued as 4711", delivered.Remark);
    }

    [Fact]
    public async Task Notify_NobodyListens_IsLaterWithoutDoubt()
    {
        var port = FreePort.Find();
        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(Options(port)));
        Assert.False(later.IsInDoubt);
        Assert.StartsWith($"no connection to 127.0.0.1:{port}: ", later.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_SomethingElseThanSmtp_IsLater()
    {
        using var server = Answering(ScriptedMailServer.Greeting, "SSH-2.0-OpenSSH_9.2");
        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(server));
        Assert.Contains("does not speak SMTP", later.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("535 5.7.8 I know no {0}", true)]
    [InlineData("454 4.7.0 Too busy to look for {0}", false)]
    public async Task Notify_PasswordRefused_IsFinalUnlessItPasses(string answer, bool isFinal)
    {
        using var server = new ScriptedMailServer(line => line.StartsWith("AUTH", StringComparison.Ordinal)
            ? string.Format(null, answer, $"{line} {Password}")
            : null);

        var result = await TellAsync(server);

        Assert.Equal(isFinal, result is NotifyResult.Refused);
        Assert.Contains(answer[..3], result.ToString(), StringComparison.Ordinal);
        Assert.Contains("***", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_ServerTakesNoPassword_IsLaterWithAdvice()
    {
        using var server = Answering("EHLO", "250 localhost");
        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(server));
        Assert.EndsWith("If it wants none, leave User empty", later.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Notify_ServerWantsAPassword_IsRefused()
    {
        using var server = new MailServer(password: Password);
        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(Options(server.Port) with { User = "", Password = "" }));
        Assert.StartsWith($"127.0.0.1:{server.Port} wants User and Password: ", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_PasswordFileChanges_IsReadAgain()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var server = new MailServer(password: "new password");
            var options = Options(server.Port) with { PasswordFile = file };
            var notifier = new MailNotifier(options, TimeProvider.System);

            await File.WriteAllTextAsync(file, "old password\n", Cancel);
            Assert.IsType<NotifyResult.Refused>(await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel));
            await File.WriteAllTextAsync(file, "new password\n", Cancel);
            Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel));
            File.Delete(file); // What is known is used until there is another one.
            Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel));

            Assert.Equal([MailServer.User, MailServer.User], server.Mails.Select(mail => mail.User));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Notify_OneRecipientRefused_OthersGetTheMailAndItIsSaid()
    {
        using var server = new MailServer();
        server.Refused["bo@example.com"] = new(SmtpReplyCode.MailboxUnavailable, "no such user");

        var delivered = Assert.IsType<NotifyResult.Delivered>(await TellAsync(Options(server.Port) with { User = "", Password = "" }));

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

        var result = await TellAsync(Options(server.Port) with { User = "", Password = "" });

        var problem = $"127.0.0.1:{server.Port} refuses ana@example.com ({status}: who is that?); bo@example.com (550: no such user)";
        NotifyResult expected = isFinal ? new NotifyResult.Refused(problem) : new NotifyResult.Later(problem, IsInDoubt: false);
        Assert.Equal(expected.ToString(), WithoutRetries(result.ToString()));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Notify_MailTooLarge_IsRefused()
    {
        using var server = new MailServer(maximumBytes: 500);
        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(Options(server.Port) with { User = "", Password = "" }));
        Assert.Contains(" 552: ", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_ServerFailsAgainAndAgain_IsLeftAloneForAWhile()
    {
        using var server = Answering("MAIL", "451 No");
        var clock = new FakeTimeProvider();
        var notifier = new MailNotifier(Options(server.Port), clock);
        for (var i = 0; i < 5; i++)
            await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel);
        var connections = Connections();

        var later = Assert.IsType<NotifyResult.Later>(await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel));
        Assert.EndsWith("is left alone for a while", later.Problem, StringComparison.Ordinal);
        Assert.Equal((5, 5), (connections, Connections()));
        clock.Advance(later.RetryAfter!.Value);
        await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel);
        Assert.Equal(6, Connections());

        int Connections() => server.Commands.Count(line => line == ScriptedMailServer.Greeting);
    }

    private static ScriptedMailServer Answering(string verb, string answer) =>
        new(line => line.Replace("HELO", "EHLO").StartsWith(verb, StringComparison.OrdinalIgnoreCase) ? answer : null);

    /// <summary>What the server in the process adds on its own.</summary>
    private static string WithoutRetries(string said) => Regex.Replace(said, @", \d retry\(ies\) remaining\.", "");

    private static Task<NotifyResult> TellAsync(ScriptedMailServer server) => TellAsync(Options(server.Port));

    /// <summary>Tells once. What is said then holds no secret.</summary>
    private static async Task<NotifyResult> TellAsync(MailOptions options)
    {
        var result = await new MailNotifier(options, TimeProvider.System).NotifyAsync(NotificationSamples.Sample(), Cancel);
        var sent = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{MailServer.User}\0{Password}"));
        Assert.All([Password, sent], secret => Assert.DoesNotContain(secret, result.ToString(), StringComparison.OrdinalIgnoreCase));
        return result;
    }

    private static MailOptions Options(int port) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Security = MailSecurity.None,
        User = MailServer.User,
        Password = Password,
        From = "alerting@example.com",
        To = ["ana@example.com", "bo@example.com"],
    };
}
