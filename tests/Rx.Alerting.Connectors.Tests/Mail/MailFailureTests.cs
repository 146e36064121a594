using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;
using static Rx.Alerting.Connectors.Tests.Mail.MailTelling;

namespace Rx.Alerting.Connectors.Tests.Mail;

/// <summary>Servers that refuse, are slow, or go away. They repeat what they were sent, so that secrets would show.</summary>
public sealed class MailFailureTests
{
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

    /// <summary>Not every server says beforehand how large a mail may be.</summary>
    [Theory]
    [InlineData("MAIL")]
    [InlineData(ScriptedMailServer.End)]
    public async Task Notify_TooLarge_IsSentOnceMoreWithoutThePicture(string verb)
    {
        var refusals = 1;
        using var server = TooLarge(verb, () => refusals-- > 0);
        Assert.IsType<NotifyResult.Delivered>(await TellAsync(server));
        Assert.DoesNotContain("image/png", server.Mails[^1], StringComparison.Ordinal);
        Assert.Equal(2, server.Commands.Count(line => line.StartsWith("MAIL", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Notify_TooLargeWithoutAPictureToo_IsRefused(bool hasPicture, int attempts)
    {
        using var server = TooLarge(ScriptedMailServer.End, () => true);
        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(Options(server.Port) with { Picture = hasPicture }));
        Assert.Contains("552: 5.3.4 Too big", refused.Problem, StringComparison.Ordinal);
        Assert.Equal(attempts, server.Mails.Count);
    }

    private static ScriptedMailServer TooLarge(string verb, Func<bool> isNow) =>
        new(line => line.StartsWith(verb, StringComparison.Ordinal) && isNow() ? "552 5.3.4 Too big" : null);

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

        var end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => telling);
        Assert.Equal(verb != ScriptedMailServer.End, end is NothingSentException);
    }

    /// <summary>A busy server may take a minute to greet. How long that may take is said by the caller alone.</summary>
    [Fact]
    public async Task Notify_ServerThatGreetsLate_GetsTheMail()
    {
        var (connected, greeting) = (new TaskCompletionSource(), new ManualResetEventSlim());
        using var server = new ScriptedMailServer(line =>
        {
            if (line != ScriptedMailServer.Greeting)
                return null;
            connected.SetResult();
            greeting.Wait(Cancel);
            return null;
        });
        var clock = new FakeTimeProvider();
        var telling = new MailNotifier(Options(server.Port), clock).NotifyAsync(NotificationSamples.Sample(), Cancel);
        await connected.Task.WaitAsync(Cancel);

        clock.Advance(TimeSpan.FromMinutes(4));
        greeting.Set();

        Assert.IsType<NotifyResult.Delivered>(await telling);
        Assert.Single(server.Mails);
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
}
