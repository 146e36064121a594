using System.Net;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Http;

/// <summary>What a receiver has answered to a request.</summary>
/// <param name="Failure">Why the request has no effect, or nobody knows. Null: the receiver has answered with 2xx.</param>
/// <param name="Status">The status; null: there is no answer.</param>
/// <param name="Body">The answer's body, which may have been cut off.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone.</param>
internal sealed record HttpAnswer(
    NotifyResult? Failure, HttpStatusCode? Status = null, string Body = "", TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the receiver is away or broken. One that asks for fewer requests is not.</summary>
    public bool IsDown => Failure is NotifyResult.Later && Status is not HttpStatusCode.TooManyRequests;
}
