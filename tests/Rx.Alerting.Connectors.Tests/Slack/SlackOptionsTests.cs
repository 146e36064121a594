using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Tests.Slack;

public sealed class SlackOptionsTests
{
    private const string Webhook = "https://hooks.slack.com/services/T01/B01/secret";

    [Theory]
    [InlineData("C0123456789")]
    [InlineData("alerts")]
    [InlineData("#störung-1")]
    public void Validate_TokenAndChannel_HasNoFault(string channel) =>
        Assert.Empty(OptionFaults.Of(new SlackOptions { Token = "xoxb-1", Channel = channel }));

    [Fact]
    public void Validate_Webhook_HasNoFault() => Assert.Empty(OptionFaults.Of(new SlackOptions { Url = Webhook }));

    [Fact]
    public void Validate_PictureOverAWebhook_IsAFault() => Assert.Equal(
        ["Channels:NAME:Picture must not be yes with Url: a webhook cannot upload pictures"],
        OptionFaults.Of(new SlackOptions { Url = Webhook, Picture = true }));

    [Fact]
    public void Validate_Nothing_IsAFault() =>
        Assert.Equal(["Channels:NAME:Token must be set, or Url, and not both"], OptionFaults.Of(new SlackOptions()));

    [Fact]
    public void Validate_BothModes_IsAFault() => Assert.Equal(
        [
            "Channels:NAME:Token must be set, or Url, and not both",
            "Channels:NAME:Channel must not be set with Url: the webhook has a channel",
        ],
        OptionFaults.Of(new SlackOptions { Token = "xoxb-1", Channel = "alerts", Url = Webhook }));

    [Fact]
    public void Validate_AllWrong_NamesEveryFaultWithoutSecrets() => Assert.Equal(
        [
            "Channels:NAME:Token must be a token such as xoxb-…, without spaces",
            "Channels:NAME:Channel must be a channel's id or name, or empty",
            "Channels:NAME:ApiUrl must begin with https://, or everybody on the way can read the secret",
        ],
        OptionFaults.Of(new SlackOptions { Token = "xoxb 1\n", Channel = "Two words", ApiUrl = "http://slack.example.com/" }));

    [Theory]
    [InlineData("http://hooks.slack.com/services/secret", "must begin with https://, or everybody on the way can read the secret")]
    [InlineData("https://[hooks", "must be an address such as https://example.com/path")]
    public void Validate_WebhookAddress_IsAFaultWithoutTheAddress(string url, string fault) =>
        Assert.Equal([$"Channels:NAME:Url {fault}"], OptionFaults.Of(new SlackOptions { Url = url }));

    [Fact]
    public void Validate_WebhookThatIsNoAddress_IsAFault() => Assert.Equal(
        ["Channels:NAME:Url must be an address such as https://example.com/path, or empty"],
        OptionFaults.Of(new SlackOptions { Url = "hooks.slack.com" }));

    [Fact]
    public void ToString_Secrets_AreNotInIt() => Assert.Equal(
        ("Slack, channel alerts", "Slack, incoming webhook"),
        (new SlackOptions { Token = "xoxb-1", Channel = "alerts" }.ToString(), new SlackOptions { Url = Webhook }.ToString()));
}
