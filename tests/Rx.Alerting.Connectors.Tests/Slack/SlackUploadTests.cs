using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Slack;

/// <summary>Uploads that fail, or would go elsewhere. Whatever happens, people are told.</summary>
public sealed class SlackUploadTests : SlackPictureFixture
{
    [Fact]
    public async Task Notify_ScopeIsMissing_IsSaidOnceAndNotTriedAgain()
    {
        Slack.Fail(GetUrl, new ScriptedAnswer(200, """{"ok":false,"error":"missing_scope","needed":"files:write"}"""));
        var opened = await BringAsync(await TellAsync(Sample(NotificationEvent.Opened)));
        await DeliverAsync(Sample(NotificationEvent.Closed, opened.Reference));

        const string problem = $"Slack's {GetUrl} answers missing_scope: give the bot the scope files:write, and install it again";
        Assert.Equal([$"Slack's messages have no picture: {problem}"], Logged());
        Assert.Equal($"without a picture: {problem}", opened.Remark);
        Assert.Single(Slack.Calls, call => call == GetUrl);
        Assert.Equal("✔ Closed: “Enlace” of property", Heading(Slack.Posts[0]));
    }

    [Theory]
    [InlineData(GetUrl, 500)]
    [InlineData(GetUrl, 200)]
    [InlineData("F0000000001", 302)]
    [InlineData("F0000000001", 500)]
    [InlineData(Complete, 500)]
    public async Task Notify_UploadFails_IsDeliveredWithoutAndTriedWithTheNextEdit(string method, int status)
    {
        Slack.Fail(method, new ScriptedAnswer(status, """{"ok":true}""", "Location: /elsewhere"));
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Null(Picture(Assert.Single(Slack.Posts)));
        Assert.DoesNotContain("/elsewhere", Slack.Calls);
        Assert.StartsWith("Slack's messages have no picture: ", Assert.Single(Logged()), StringComparison.Ordinal);

        await DeliverAsync(Sample(NotificationEvent.Updated, reference));
        Assert.NotNull(Picture(Slack.Posts[0]));
        Assert.Equal("Slack's messages have pictures again", Logged()[^1]);
    }

    [Fact]
    public async Task Notify_UploadBreaks_IsDeliveredAllTheSame()
    {
        Slack.Fail("F0000000001", ScriptedAnswer.Cut);
        await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Null(Picture(Assert.Single(Slack.Posts)));
    }

    /// <summary>Somebody else is to be told meanwhile.</summary>
    [Fact]
    public async Task Notify_UploadHangs_HoldsNothingUp()
    {
        Slack.Fail("F0000000001", ScriptedAnswer.Hang);
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = await TellAsync(Sample(NotificationEvent.Opened));
        var bringing = told.Afterwards!(interruption.Token);
        for (var i = 0; i < 3; i++)
            await Slack.ArrivalAsync(Cancel); // The message, the address, and the file.

        await interruption.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bringing);
        Assert.NotEqual(told.Reference, (await BringAsync(told)).Reference);
        Assert.NotNull(Picture(Assert.Single(Slack.Posts)));
    }

    /// <summary>An answer does not lead files of this machine elsewhere: not to another host, and not without TLS.</summary>
    [Theory]
    [InlineData("https://slack.com.example.com/")]
    [InlineData("https://slack.com@127.0.0.1/")]
    [InlineData("https://notslack.com/")]
    [InlineData("http://files.slack.com/")]
    [InlineData("file:///etc/")]
    public async Task Notify_UploadElsewhere_IsNotDone(string root)
    {
        Slack.Files.Root = new(root);
        await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Equal(
            [$"Slack's messages have no picture: Slack's {GetUrl} does not name a file, or an address of Slack"], Logged());
    }

    [Fact]
    public async Task Notify_UploadToAnotherPortOfThisMachine_IsNotDone()
    {
        using var other = new ScriptedHttpServer(_ => new(200));
        Slack.Files.Root = other.Address;
        await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Empty(other.Requests);
        Assert.Single(Logged());
    }

    [Fact]
    public async Task Notify_PicturesNotWanted_UploadsNone()
    {
        using var without = Make(isWanted: false);
        await without.NotifyAsync(Sample(NotificationEvent.Opened), Cancel);
        Assert.Equal(["chat.postMessage"], Slack.Calls);
    }
}
