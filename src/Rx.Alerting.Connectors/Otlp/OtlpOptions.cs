using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Tls;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Metrics and traces for an OpenTelemetry collector. docs/telemetry.md describes them.</summary>
[OptionSection("Telemetry:Otlp")]
public sealed record OtlpOptions : IValidatableObject
{
    /// <summary>
    /// The collector, such as <c>http://collector:4317</c>. With <c>http-protobuf</c>, <c>/v1/metrics</c> and <c>/v1/traces</c> are
    /// appended. Empty: nothing is exported.
    /// </summary>
    public string Endpoint { get; init; } = string.Empty;

    /// <summary>How the collector is spoken to.</summary>
    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.Grpc;

    /// <summary>Further headers, each as in <c>Authorization: Bearer …</c>.</summary>
    [Secret]
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>A file with the headers, one on each line.</summary>
    public string HeadersFile { get; init; } = string.Empty;

    /// <summary>
    /// A PEM file with the certificate authorities that may sign the collector's certificate. Empty: the authorities that the machine
    /// trusts.
    /// </summary>
    public string CertificateAuthority { get; init; } = string.Empty;

    /// <summary>Whether metrics are exported.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>Whether traces are exported.</summary>
    public bool Traces { get; init; } = true;

    /// <summary>How often metrics are exported. Traces are exported after five seconds.</summary>
    [TimeRange("1s", "1h")]
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an export may take.</summary>
    [TimeRange("100ms", "1m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The name of the service. Empty: what <c>OTEL_SERVICE_NAME</c> or <c>OTEL_RESOURCE_ATTRIBUTES</c> say, else <c>rx-alerting</c>.
    /// </summary>
    public string ServiceName { get; init; } = string.Empty;

    /// <summary>Whether something is exported.</summary>
    internal bool IsOn() => Endpoint.Length > 0 && (Metrics || Traces);

    /// <summary>Without headers.</summary>
    public override string ToString() => $"{Endpoint} ({Protocol})";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint.Length > 0 && !IsAddress(Endpoint))
            yield return new("must be an address such as http://collector:4317, without a user and without a query", [nameof(Endpoint)]);
        if (Headers.Any(header => HttpHeader.Parse(header) is null))
            yield return new("must have headers such as Authorization: Bearer …", [nameof(Headers)]);
        if (CertificateAuthority.Length > 0 && !CertificateTrust.CanRead(CertificateAuthority))
            yield return new("must name a file that is there, can be read, and holds a certificate in PEM", [nameof(CertificateAuthority)]);
    }

    private static bool IsAddress(string text) =>
        HttpAddress.IsMatch(text) && new Uri(text) is { UserInfo.Length: 0, Query.Length: 0 };
}
