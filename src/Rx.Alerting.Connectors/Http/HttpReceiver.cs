using System.Buffers;
using System.Text;
using Polly;
using Polly.CircuitBreaker;
using Rx.Alerting.Connectors.Receivers;

namespace Rx.Alerting.Connectors.Http;

/// <summary>
/// One receiver that is reached over HTTP. Requests are not repeated and redirects not followed; certificates are checked as the system
/// does. After failures only, a circuit breaker leaves the receiver alone for a while.
/// </summary>
internal sealed class HttpReceiver : IDisposable
{
    /// <summary>So much is read of an answer, unless the caller needs more.</summary>
    public const int UsualBytes = 64 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The addresses behind a name change.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly SecretMask mask;
    private readonly TimeProvider clock;
    private readonly ResiliencePipeline<HttpAnswer> breaker;
    private readonly HttpClient client;

    /// <param name="mask">Takes secrets out of what the receiver says.</param>
    /// <param name="clock">Times the circuit breaker.</param>
    public HttpReceiver(SecretMask mask, TimeProvider clock)
    {
        (this.mask, this.clock) = (mask, clock);
        breaker = ReceiverCircuit.Of<HttpAnswer>(answer => answer.IsDown, clock);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // The caller cancels.
        };
        client.DefaultRequestHeaders.UserAgent.Add(new("Rx.Alerting", null));
    }

    /// <summary>Sends a request, and disposes it.</summary>
    /// <param name="request">With an absolute address.</param>
    /// <param name="cancel">Also the bound of time.</param>
    /// <param name="maximumBytes">So much is read of the answer.</param>
    /// <exception cref="OperationCanceledException">The request may have arrived.</exception>
    public async Task<HttpAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancel, int maximumBytes = UsualBytes)
    {
        using (request)
        {
            try
            {
                return await breaker.ExecuteAsync(
                    static async (call, token) => await call.This.SendOnceAsync(call.Request, call.MaximumBytes, token),
                    (This: this, Request: request, MaximumBytes: maximumBytes),
                    cancel);
            }
            catch (BrokenCircuitException open)
            {
                return new(ReceiverCircuit.LeftAlone(request.RequestUri!.Authority, open));
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpAnswer> SendOnceAsync(HttpRequestMessage request, int maximumBytes, CancellationToken cancel)
    {
        var host = request.RequestUri!.Authority;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var body = await ReadAsync(response, maximumBytes, cancel);
            var retryAfter = HttpFailures.RetryAfter(response.Headers.RetryAfter, clock.GetUtcNow());
            var failure = HttpFailures.Of(host, response.StatusCode, body, mask, retryAfter);
            return new(failure, response.StatusCode, body, retryAfter);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return new(HttpFailures.Of(host, problem));
        }
        catch (OperationCanceledException problem) when (!cancel.IsCancellationRequested)
        {
            return new(HttpFailures.Of(host, problem));
        }
    }

    /// <summary>The body, or its beginning. A failure says enough by its status, so its body may be cut off.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, int maximumBytes, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(maximumBytes);
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, maximumBytes), maximumBytes, throwOnEndOfStream: false, cancel);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException && !response.IsSuccessStatusCode)
        {
            // What came before is lost, too.
        }

        var text = Encoding.UTF8.GetString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }
}
