using Rx.Alerting.Connectors.Webhook;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Tests.Webhook;

public sealed class WebhookOptionsTests
{
    private static readonly WebhookOptions Right = new()
    {
        Url = "https://example.com/hooks/secret",
        Headers = ["Authorization: Bearer secret", "X-Empty-Is-None:x"],
        SigningKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    };

    [Fact]
    public void Validate_AllSet_HasNoFault() => Assert.Empty(OptionFaults.Of(Right));

    [Fact]
    public void Validate_AllWrong_NamesEveryFaultWithoutSecrets() => Assert.Equal(
        [
            "Channels:NAME:Url must be an address such as https://example.com/path",
            "Channels:NAME:Method is GET, must be POST, PUT or PATCH",
            "Channels:NAME:Headers must have headers such as Authorization: Bearer …",
            "Channels:NAME:SigningKey must be Base64 behind whsec_",
        ],
        OptionFaults.Of(new WebhookOptions { Url = "secret", Method = "GET", Headers = ["secret"], SigningKey = "whsec_secret!" }));

    [Theory]
    [InlineData("Authorization:")]
    [InlineData(": value")]
    [InlineData("Two words: value")]
    [InlineData("Content-Type: text/plain")]
    [InlineData("X-Team: a\r\nX-Other: b")]
    [InlineData("X-Team: Störung")]
    [InlineData("X-Team: a\0b")]
    public void Validate_HeaderThatCannotBeSent_IsAFault(string header) => Assert.Equal(
        ["Channels:NAME:Headers must have headers such as Authorization: Bearer …"],
        OptionFaults.Of(Right with { Headers = ["X-Right: yes", header] }));

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    public void Validate_BrokenBase64_IsAFault(string key) => Assert.Equal(
        ["Channels:NAME:SigningKey must be Base64 behind whsec_"], OptionFaults.Of(Right with { SigningKey = key }));

    [Fact]
    public void ToString_HasNoSecret() => Assert.Equal("webhook, POST", Right.ToString());
}
