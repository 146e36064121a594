using System.Text;
using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>Tells once by a server that may fail, and looks for the password in what is said then.</summary>
internal static class MailTelling
{
    public const string Password = "SecretOfTheMailUser";

    public static MailOptions Options(int port) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Security = MailSecurity.None,
        User = MailServer.User,
        Password = Password,
        From = "alerting@example.com",
        To = ["ana@example.com", "bo@example.com"],
    };

    /// <summary>For a server that wants no password.</summary>
    public static MailOptions OptionsWithoutUser(int port) => Options(port) with { User = "", Password = "" };

    public static ScriptedMailServer Answering(string verb, string answer) =>
        new(line => line.Replace("HELO", "EHLO").StartsWith(verb, StringComparison.OrdinalIgnoreCase) ? answer : null);

    public static Task<NotifyResult> TellAsync(ScriptedMailServer server) => TellAsync(Options(server.Port));

    public static async Task<NotifyResult> TellAsync(MailOptions options)
    {
        var result = await new MailNotifier(options, TimeProvider.System).NotifyAsync(
            NotificationSamples.Sample(), TestContext.Current.CancellationToken);
        var sent = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{MailServer.User}\0{Password}"));
        Assert.All([Password, sent], secret => Assert.DoesNotContain(secret, result.ToString(), StringComparison.OrdinalIgnoreCase));
        return result;
    }
}
