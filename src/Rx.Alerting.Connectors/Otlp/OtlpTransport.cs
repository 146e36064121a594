using OpenTelemetry.Exporter;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Tls;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>How the exporter reaches the collector.</summary>
internal static class OtlpTransport
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The addresses behind a name change.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <param name="options">Valid.</param>
    /// <param name="signal"><c>metrics</c> or <c>traces</c>: the end of the path, over HTTP.</param>
    /// <param name="tally">Gets what the collector has not taken of exports that it took.</param>
    public static OtlpExporterOptions Of(OtlpOptions options, string signal, OtlpTally tally)
    {
        var isGrpc = options.Protocol == OtlpProtocol.Grpc;
        return new()
        {
            Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            Endpoint = new(isGrpc ? options.Endpoint : $"{options.Endpoint.TrimEnd('/')}/v1/{signal}"),
            Headers = null,
            Compression = OtlpExportCompression.None,
            TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds,
            HttpClientFactory = () => Client(options, new(Handler(options), isGrpc, answer => tally.Take(signal, answer))),
        };
    }

    private static SocketsHttpHandler Handler(OtlpOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // Else the headers would go wherever an answer says.
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        if (options.CertificateAuthority.Length > 0)
            handler.SslOptions.RemoteCertificateValidationCallback = new CertificateTrust(options.CertificateAuthority).IsTrusted;
        return handler;
    }

    private static HttpClient Client(OtlpOptions options, OtlpAnswers answers)
    {
        var client = new HttpClient(answers) { Timeout = options.Timeout, MaxResponseContentBufferSize = OtlpAnswers.MaximumBytes };
        foreach (var header in options.Headers)
        {
            var (name, value) = HttpHeader.Parse(header)!.Value;
            HttpHeader.Add(client.DefaultRequestHeaders, name, value);
        }

        return client;
    }
}
