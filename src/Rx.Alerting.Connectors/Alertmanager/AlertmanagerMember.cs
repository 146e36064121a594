using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Alertmanager;

/// <summary>One member of the cluster.</summary>
internal sealed class AlertmanagerMember : IDisposable
{
    private readonly Uri address;
    private readonly AuthenticationHeaderValue? credentials;
    private readonly HttpReceiver receiver;
    private readonly ILogger logger;
    private bool isFailing;

    public AlertmanagerMember(string url, TimeProvider clock, ILogger logger)
    {
        this.logger = logger;
        var configured = new Uri(url);
        var withoutUser = new UriBuilder(configured) { UserName = "", Password = "" };
        withoutUser.Path = $"{withoutUser.Path.TrimEnd('/')}/api/v2/alerts";
        address = withoutUser.Uri;
        if (configured.UserInfo.Length > 0)
        {
            var user = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(configured.UserInfo));
            credentials = new("Basic", Convert.ToBase64String(user));
        }

        receiver = new(new SecretMask([.. SecretMask.Of(configured), credentials?.Parameter ?? ""]), clock);
    }

    /// <summary>Tells the member. Null: it has the alerts. Does not throw when it is cancelled.</summary>
    public async Task<NotifyResult?> PostAsync(ReadOnlyMemory<byte> alerts, CancellationToken cancel)
    {
        var failure = await TryAsync(alerts, cancel);
        if (failure is not null && !isFailing)
            AlertmanagerLog.MemberFails(logger, address.Authority, Problem(failure));
        else if (failure is null && isFailing)
            AlertmanagerLog.MemberIsBack(logger, address.Authority);
        isFailing = failure is not null;
        return failure;
    }

    public void Dispose() => receiver.Dispose();

    private async Task<NotifyResult?> TryAsync(ReadOnlyMemory<byte> alerts, CancellationToken cancel)
    {
        var request = HttpAddress.Post(address, alerts);
        request.Headers.Authorization = credentials;
        try
        {
            return (await receiver.SendAsync(request, cancel)).Failure;
        }
        catch (OperationCanceledException)
        {
            return new NotifyResult.Later($"no answer of {address.Authority} in time", IsInDoubt: true);
        }
    }

    private static string Problem(NotifyResult failure) => failure switch
    {
        NotifyResult.Later later => later.Problem,
        NotifyResult.Refused refused => refused.Problem,
        _ => "",
    };
}
