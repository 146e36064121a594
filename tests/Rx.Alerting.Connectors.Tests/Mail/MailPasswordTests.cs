using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;
using static Rx.Alerting.Connectors.Tests.Mail.MailTelling;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>Servers that do not accept a password, or want another one.</summary>
public sealed class MailPasswordTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(OptionsWithoutUser(server.Port)));
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
}
