using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Webhook;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Webhook;

/// <summary>The signature of Standard Webhooks, verified as a receiver does it.</summary>
public sealed class WebhookSignatureTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Now);
    private readonly ScriptedHttpServer server = new(_ => new(200));

    /// <summary>The example of the Standard Webhooks libraries.</summary>
    [Fact]
    public void Of_PublishedExample_IsTheirSignature()
    {
        var headers = new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").Of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""u8);

        Assert.Equal(
            [
                ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                ("webhook-timestamp", "1614265330"),
                ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            ],
            headers);
    }

    [Theory]
    [InlineData("whsec_U2lnbnMA/w==", new byte[] { 83, 105, 103, 110, 115, 0, 255 })]
    [InlineData("plain é", new byte[] { 112, 108, 97, 105, 110, 32, 0xC3, 0xA9 })]
    public async Task Notify_Key_SignsIdTimeAndBody(string key, byte[] bytes)
    {
        var first = await RequestAsync(key, NotificationSamples.Sample());
        Assert.Equal(
            ("delivery-Opened", Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (first.Headers["webhook-id"], first.Headers["webhook-timestamp"]));
        Assert.Equal(Signature(bytes, first), first.Headers["webhook-signature"]);

        clock.Advance(TimeSpan.FromMinutes(1));
        var again = await RequestAsync(key, NotificationSamples.Sample());

        Assert.Equal((first.Headers["webhook-id"], first.Body), (again.Headers["webhook-id"], again.Body));
        Assert.Equal(Signature(bytes, again), again.Headers["webhook-signature"]);
        Assert.NotEqual(first.Headers["webhook-signature"], again.Headers["webhook-signature"]);
    }

    /// <summary>What is signed are the bytes, also where letters take several.</summary>
    [Fact]
    public async Task Notify_LettersOfSeveralBytes_SignsTheBytes()
    {
        var incident = NotificationSamples.Titled("a", title: "Störung 障害 😀");

        var request = await RequestAsync("key", NotificationSamples.Sample(NotificationEvent.Opened, null, incident));

        Assert.Contains("Störung 障害", request.Body, StringComparison.Ordinal);
        Assert.Equal(Signature("key"u8.ToArray(), request), request.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task Notify_NoKey_HasIdAndTimeButNoSignature()
    {
        var request = await RequestAsync("", NotificationSamples.Sample());

        Assert.Equal("delivery-Opened", request.Headers["webhook-id"]);
        Assert.Contains("webhook-timestamp", request.Headers.Keys);
        Assert.DoesNotContain("webhook-signature", request.Headers.Keys);
    }

    public void Dispose() => server.Dispose();

    private async Task<ScriptedRequest> RequestAsync(string key, Notification notification)
    {
        using var notifier = new WebhookNotifier(new() { Url = server.Address.ToString(), SigningKey = key }, clock);
        Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(notification, TestContext.Current.CancellationToken));
        return server.Requests[^1];
    }

    private static string Signature(byte[] key, ScriptedRequest request)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.ASCII.GetBytes(request.Headers["webhook-id"]));
        hmac.AppendData("."u8);
        hmac.AppendData(Encoding.ASCII.GetBytes(request.Headers["webhook-timestamp"]));
        hmac.AppendData("."u8);
        hmac.AppendData(Encoding.UTF8.GetBytes(request.Body));
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }
}
