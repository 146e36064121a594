using System.Reactive;
using System.Threading.Channels;
using MimeKit;
using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Effects;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>From a change of an incident to a mail, as the service runs it.</summary>
public sealed class MailChannelTests
{
    private readonly InMemoryBoard board = new();
    private readonly Channel<NotificationReport> reports = Channel.CreateUnbounded<NotificationReport>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The server gets each mail and never answers; a process is as good as killed when its board takes no more writes.</summary>
    [Fact]
    public async Task Channel_KilledBehindEveryMail_SendsItOnceMoreAtMostWithTheSameId()
    {
        using var server = new ScriptedMailServer(line => line == ScriptedMailServer.End ? ScriptedMailServer.Hang : null);
        for (var epoch = 1; epoch <= 2; epoch++)
            await RunAsync(server, epoch, () => server.HangAsync(Cancel));
        await RunAsync(server, 3, async () => Assert.Equal(NotificationReportKind.GivenUp, (await reports.Reader.ReadAsync(Cancel)).Kind));

        Assert.Equal(2, server.Mails.Count);
        Assert.Single(server.Mails.Select(mail => Parse(mail).MessageId).Distinct());
    }

    [Fact]
    public async Task Channel_ServerCannotTakeMailsForAWhile_SendsTheMailOnce()
    {
        var failures = 2;
        using var server = new ScriptedMailServer(
            line => line.StartsWith("RCPT", StringComparison.Ordinal) && failures-- > 0 ? "450 4.2.0 Greylisted" : null);

        await RunAsync(server, 1, ThreeReportsAsync);

        Assert.Single(server.Mails);

        async Task ThreeReportsAsync()
        {
            foreach (var kind in (NotificationReportKind[])[
                NotificationReportKind.Failed, NotificationReportKind.Failed, NotificationReportKind.Delivered])
                Assert.Equal(kind, (await reports.Reader.ReadAsync(Cancel)).Kind);
        }
    }

    private async Task RunAsync(ScriptedMailServer server, int epoch, Func<Task> until)
    {
        var notifier = new MailNotifier(
            new()
            {
                Host = "127.0.0.1",
                Port = server.Port,
                Security = MailSecurity.None,
                From = "alerting@example.com",
                To = ["ana@example.com"],
            },
            TimeProvider.System);
        var options = new NotificationOptions { MaximumAge = TimeSpan.MaxValue, RetryInterval = TimeSpan.FromMilliseconds(10) };
        var mortal = new MortalBoard(board);
        var channel = new NotificationChannel(
            new("mail", "mail", notifier), mortal, options, TimeProvider.System,
            Observer.Create<NotificationReport>(report => reports.Writer.TryWrite(report)), (_, _) => Task.FromResult((long)epoch));
        var opened = NotificationSamples.Titled("a");
        await channel.BeginAsync(new("views", epoch, epoch == 1 ? [] : [opened]), Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = channel.RunAsync(stop.Token);
        if (epoch == 1)
            await channel.DeliverAsync("views", [new ChangeEffect(1, IncidentSamples.Change(opened))], Cancel);

        await until();
        mortal.IsDead = true;
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (IOException)
        {
            // The process died while it wrote down what has become of a mail.
        }
    }

    private static MimeMessage Parse(string mail) =>
        MimeMessage.Load(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(mail)), Cancel);
}
