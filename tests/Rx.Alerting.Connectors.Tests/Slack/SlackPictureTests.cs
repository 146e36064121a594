using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;

namespace Rx.Alerting.Connectors.Tests.Slack;

/// <summary>When which picture is shown.</summary>
public sealed class SlackPictureTests : SlackPictureFixture
{
    [Fact]
    public async Task Notify_Opened_PostsFirstAndShowsThePictureThen()
    {
        var told = await TellAsync(Sample(NotificationEvent.Opened));
        Assert.Equal(["chat.postMessage"], Slack.Calls);
        var reference = (await BringAsync(told)).Reference;

        Assert.Equal(["chat.postMessage", GetUrl, "F0000000001", Complete, "chat.update"], Slack.Calls);
        var (id, content) = Assert.Single(Slack.Files.All);
        Assert.Equal(RatePicture.Draw(Course(IncidentStatus.Open)), content);
        Assert.Equal(id, Picture(Assert.Single(Slack.Posts)));
        Assert.EndsWith($":{id}", reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_EditsAndTheEnd_UploadTwiceInAll()
    {
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        NotificationEvent[] events =
            [NotificationEvent.Updated, NotificationEvent.Reminder, NotificationEvent.Acknowledged, NotificationEvent.Closed];
        foreach (var what in events)
            reference = await DeliverAsync(Sample(what, reference));

        Assert.Equal(2, Slack.Files.All.Count);
        Assert.Equal(Slack.Files.All[1].Id, Picture(Slack.Posts[0]));
        Assert.Equal("✔ Closed: “Enlace” of property", Heading(Slack.Posts[0]));
        Assert.All(Slack.Posts.Skip(1), reply => Assert.Null(Picture(reply)));
    }

    [Fact]
    public async Task Notify_NoCourseYet_UploadsWithTheFirstEditThatHasOne()
    {
        var reference = await DeliverAsync(NotificationSamples.Sample());
        Assert.Empty(Slack.Files.All);
        reference = await DeliverAsync(NotificationSamples.Sample(NotificationEvent.Updated, reference));
        Assert.Empty(Slack.Files.All);
        await DeliverAsync(Sample(NotificationEvent.Updated, reference));
        Assert.Equal(Assert.Single(Slack.Files.All).Id, Picture(Slack.Posts[0]));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Notify_SlackKnowsThePictureLater_ShowsItThenOrWithTheNextEdit(int delay, bool isShown)
    {
        Slack.Files.Delay = delay;
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Equal(isShown, Picture(Slack.Posts[0]) is not null);
        Assert.Equal(isShown ? [] : ["Slack's messages have no picture: Slack's chat.update answers invalid_blocks"], Logged());

        await DeliverAsync(Sample(NotificationEvent.Updated, reference));
        Assert.Equal(Assert.Single(Slack.Files.All).Id, Picture(Slack.Posts[0]));
    }

    [Fact]
    public async Task Notify_PictureIsDeleted_IsToldWithoutAndGetsAnotherAtTheEnd()
    {
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        Slack.Files.Delete(Slack.Files.All[0].Id);

        for (var i = 0; i < 3; i++)
            reference = await DeliverAsync(Sample(NotificationEvent.Reminder, reference));
        Assert.Equal(("▲ Warning goes on: “Enlace” of property", null), (Heading(Slack.Posts[0]), Picture(Slack.Posts[0])));

        await DeliverAsync(Sample(NotificationEvent.Closed, reference));
        Assert.Equal(Assert.Single(Slack.Files.All).Id, Picture(Slack.Posts[0]));
    }

    [Fact]
    public async Task Notify_SlackShowsNoPictures_GetsTwoInAll()
    {
        Slack.Files.Delay = int.MaxValue;
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        for (var i = 0; i < 5; i++)
            reference = await DeliverAsync(Sample(NotificationEvent.Updated, reference));
        await DeliverAsync(Sample(NotificationEvent.Closed, reference));

        Assert.Equal(2, Slack.Files.All.Count);
        Assert.Equal("✔ Closed: “Enlace” of property", Heading(Slack.Posts[0]));
    }

    [Fact]
    public async Task Message_WithACourse_ShowsItInText()
    {
        using var webhook = new SlackNotifier(new() { Url = Slack.WebhookUrl }, TimeProvider.System);
        await webhook.NotifyAsync(Sample(NotificationEvent.Opened), Cancel);
        Assert.Contains("\nCourse: `▁▅█▇` up to 80.0 %\n", Facts(Assert.Single(Slack.Posts)), StringComparison.Ordinal);
    }
}
