using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Slack;

/// <summary>Whatever breaks, a bot says nothing twice and leaves nothing out.</summary>
public sealed class SlackDoubtTests : IDisposable
{
    private readonly FakeTimeProvider clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SlackServer slack;
    private readonly SlackNotifier notifier;

    public SlackDoubtTests()
    {
        slack = new(clock);
        notifier = Make(SlackServer.Channel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Notify_PostBreaksOff_IsThereOnce(bool hasArrived)
    {
        slack.Fail("chat.postMessage", ScriptedAnswer.Cut, hasArrived);
        Assert.True(Assert.IsType<NotifyResult.Later>(await TellAsync(NotificationSamples.Sample())).IsInDoubt);
        slack.Chat(250); // It is on another page by now.

        var delivered = Assert.IsType<NotifyResult.Delivered>(await TellAsync(NotificationSamples.Sample() with { IsInDoubt = true }));

        var post = Assert.Single(slack.Posts, post => post.DeliveryId == "delivery-Opened");
        Assert.Equal((delivered.Reference, hasArrived ? 1 : 0), ($"{SlackServer.Channel}:{post.Timestamp}", post.Edits));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Notify_ReplyBreaksOff_IsThereOnce(bool hasArrived)
    {
        var opened = Assert.IsType<NotifyResult.Delivered>(await TellAsync(NotificationSamples.Sample()));
        var closed = NotificationSamples.Sample(NotificationEvent.Closed, opened.Reference);
        slack.Fail("chat.postMessage", ScriptedAnswer.Cut, hasArrived);
        Assert.True(Assert.IsType<NotifyResult.Later>(await TellAsync(closed)).IsInDoubt);

        Assert.Equal(opened, await TellAsync(closed with { IsInDoubt = true }));

        Assert.Single(slack.Posts, post => post.DeliveryId == "delivery-Closed");
        Assert.Equal(2, slack.Posts.Count);
    }

    [Fact]
    public async Task Notify_NewPostForAMessageThatIsGoneBreaksOff_IsThereOnce()
    {
        var opened = Assert.IsType<NotifyResult.Delivered>(await TellAsync(NotificationSamples.Sample()));
        slack.Delete(slack.Posts[0]);
        var closed = NotificationSamples.Sample(NotificationEvent.Closed, opened.Reference);
        slack.Fail("chat.postMessage", "internal_error", hasEffect: true);
        Assert.IsType<NotifyResult.Later>(await TellAsync(closed));

        var delivered = Assert.IsType<NotifyResult.Delivered>(await TellAsync(closed with { IsInDoubt = true }));

        Assert.Equal($"{SlackServer.Channel}:{Assert.Single(slack.Posts).Timestamp}", delivered.Reference);
    }

    [Fact]
    public async Task Notify_ChannelIsANameAndNothingWasPostedYet_FindsTheChannelFirst()
    {
        using var named = Make($"#{SlackServer.ChannelName}");
        slack.Fail("chat.postMessage", ScriptedAnswer.Cut, hasEffect: true);
        Assert.IsType<NotifyResult.Later>(await named.NotifyAsync(NotificationSamples.Sample(), Cancel));

        await named.NotifyAsync(NotificationSamples.Sample() with { IsInDoubt = true }, Cancel);

        Assert.Single(slack.Posts);
        Assert.Equal(2, slack.Calls.Count(call => call == "conversations.list"));
    }

    [Fact]
    public async Task Notify_LookingFails_PostsNothing()
    {
        slack.Fail("conversations.history", "ratelimited", headers: "Retry-After: 60");
        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(NotificationSamples.Sample() with { IsInDoubt = true }));
        Assert.Equal(TimeSpan.FromSeconds(60), later.RetryAfter);
        Assert.Empty(slack.Posts);
    }

    [Fact]
    public async Task Notify_MayNotLook_IsRefusedWithAdvice()
    {
        slack.Fail(
            "conversations.history",
            new ScriptedAnswer(200, """{"ok":false,"error":"missing_scope","needed":"channels:history"}"""));
        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(NotificationSamples.Sample() with { IsInDoubt = true }));
        Assert.Equal(
            "Slack's conversations.history answers missing_scope: give the bot the scope channels:history, and install it again",
            refused.Problem);
    }

    /// <summary>An incident's whole life, while calls fail in every way, before and after they had their effect.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Notify_EverythingFailsNowAndThen_EveryEventIsThereOnce(ulong seed)
    {
        var random = new SplitMix(seed);
        NotificationEvent[] events =
        [
            NotificationEvent.Opened, NotificationEvent.Updated, NotificationEvent.SeverityRaised, NotificationEvent.Reminder,
            NotificationEvent.Closed, NotificationEvent.Reopened, NotificationEvent.Expired,
        ];
        string? reference = null;
        foreach (var what in events)
        {
            var isInDoubt = false;
            for (var attempts = 0; ; attempts++)
            {
                FailSomething(random);
                var result = await TellAsync(NotificationSamples.Sample(what, reference) with { IsInDoubt = isInDoubt });
                if (result is NotifyResult.Delivered delivered)
                {
                    reference = delivered.Reference;
                    break;
                }

                clock.Advance(TimeSpan.FromSeconds(20)); // An open circuit breaker tries again.
                isInDoubt |= Assert.IsType<NotifyResult.Later>(result).IsInDoubt;
                Assert.True(attempts < 40, $"seed {seed}: {result}");
            }
        }

        var loud = events.Except([NotificationEvent.Updated]).Select(what => $"delivery-{what}").Order();
        Assert.Equal(loud, slack.Posts.Select(post => post.DeliveryId).Order());
        Assert.Single(slack.Posts, post => post.Thread is null);
    }

    public void Dispose()
    {
        notifier.Dispose();
        slack.Dispose();
    }

    private void FailSomething(SplitMix random)
    {
        string[] methods = ["chat.postMessage", "chat.update", "conversations.history", "conversations.replies"];
        ScriptedAnswer[] failures =
        [
            ScriptedAnswer.Cut, new(500), new(502, "<html>"), new(429, "", "Retry-After: 1"),
            new(200, """{"ok":false,"error":"internal_error"}"""), new(200, """{"ok":false,"error":"fatal_error"}"""),
            new(200, """{"ok":true"""), new(200, "half") { Fault = ScriptedFault.CutBody },
        ];
        var failure = failures[random.Next(failures.Length)];
        slack.Fail(methods[random.Next(methods.Length)], failure, hasEffect: failure.Status != 429 && random.Next(2) == 0);
    }

    private SlackNotifier Make(string channel) =>
        new(new() { Token = SlackServer.Token, Channel = channel, ApiUrl = slack.ApiUrl }, clock);

    private Task<NotifyResult> TellAsync(Notification notification) => notifier.NotifyAsync(notification, Cancel);
}
