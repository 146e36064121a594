using System.Text.Encodings.Web;
using System.Text.Json;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Webhook;

/// <summary>Sends JSON to an address.</summary>
public sealed class WebhookNotifier : INotifier, IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpMethod method;
    private readonly TimeProvider clock;
    private readonly Uri address;
    private readonly HttpReceiver receiver;
    private readonly WebhookSignature signature;
    private readonly BodyTemplate? template;
    private readonly IReadOnlyList<(string Name, string Value)> headers;

    /// <param name="options">Valid.</param>
    /// <param name="clock">Dates requests.</param>
    public WebhookNotifier(WebhookOptions options, TimeProvider clock)
    {
        (method, this.clock, address) = (new(options.Method), clock, new Uri(options.Url));
        headers = [.. options.Headers.Select(header => HttpHeader.Parse(header)!.Value)];
        signature = new(options.SigningKey);
        template = options.BodyFile.Length == 0 ? null : BodyTemplate.Read(options.BodyFile);
        IEnumerable<string> secrets =
        [
            .. SecretMask.Of(address), .. headers.SelectMany(header => SecretMask.OfHeader(header.Value)),
            options.SigningKey, WebhookSignature.Secret(options.SigningKey),
        ];
        receiver = new(new(secrets), clock);
        Traits = new() { WantsUpdates = options.Updates, WantsAcknowledgements = true, MirrorsState = true };
    }

    public NotifierTraits Traits { get; }

    public async Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel)
    {
        var values = WebhookBody.Of(notification);
        var body = JsonSerializer.SerializeToUtf8Bytes(template is null ? values : template.Fill(values), Readable);
        var request = HttpAddress.Post(address, body);
        request.Method = method;
        foreach (var (name, value) in signature.Of(notification.DeliveryId, clock.GetUtcNow(), body).Concat(headers))
            HttpHeader.Add(request.Headers, name, value);
        return (await receiver.SendAsync(request, cancel)).Failure ?? new NotifyResult.Delivered(null);
    }

    public void Dispose() => receiver.Dispose();
}
