using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Http;

/// <summary>What has become of a notification when a request fails. Only the host of the address is said.</summary>
internal static class HttpFailures
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>There is no whole answer.</summary>
    public static NotifyResult Of(string host, Exception problem) => problem switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => NotSent($"the name {host} cannot be resolved"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            NotSent($"no connection to {host}: {problem.GetBaseException().Message}"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => NotSent(Tls(host, problem)),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => NotSent($"the proxy does not connect to {host}"),
        OperationCanceledException => NotSent($"no connection to {host} in time"),
        _ => new NotifyResult.Later($"the connection to {host} broke before the answer", IsInDoubt: true),
    };

    /// <summary>Null: the answer is 2xx.</summary>
    public static NotifyResult? Of(string host, HttpStatusCode status, string body, SecretMask mask, TimeSpan? retryAfter)
    {
        var problem = $"{host} answers {Words(status, body, mask)}";
        return (int)status switch
        {
            >= 200 and < 300 => null,
            >= 300 and < 400 => new NotifyResult.Refused(
                $"{host} answers {(int)status}: redirects are not followed. Configure the address that it leads to"),
            408 or 425 or 429 => new NotifyResult.Later(problem, IsInDoubt: false, retryAfter),
            >= 400 and < 500 => new NotifyResult.Refused(problem),
            _ => new NotifyResult.Later(problem, IsInDoubt: true, retryAfter),
        };
    }

    public static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        if ((header?.Delta ?? (header?.Date - now)) is not { } wait)
            return null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestRetryAfter ? wait : LongestRetryAfter;
    }

    private static string Words(HttpStatusCode status, string body, SecretMask mask)
    {
        var said = mask.Shown(body);
        return said.Length == 0 ? $"{(int)status}" : $"{(int)status}: {said}";
    }

    private static string Tls(string host, Exception problem) =>
        problem.InnerException is AuthenticationException { Message: var message }
            && message.Contains("certificate", StringComparison.Ordinal)
            ? $"the certificate of {host} is not trusted: {message}"
            : $"no secure connection to {host}: {problem.GetBaseException().Message}";

    private static NotifyResult.Later NotSent(string problem) => new(problem, IsInDoubt: false);
}
