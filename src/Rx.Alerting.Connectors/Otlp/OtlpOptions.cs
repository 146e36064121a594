using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Tls;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Metrics and traces for an OpenTelemetry collector. docs/telemetry.md describes them.</summary>
[OptionSection("Telemetry:Otlp")]
public sealed record OtlpOptions : IValidatableObject
{
    private static readonly string[] Signals = ["/v1/metrics", "/v1/traces"];

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

    /// <summary>A file with the headers, one on each line. Lines that begin with <c>#</c> are comments.</summary>
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

    /// <summary>What is exported, as the beginning of a sentence.</summary>
    internal string SignalNames() => Metrics && Traces ? "Metrics and traces" : Metrics ? "Metrics" : "Traces";

    /// <summary>Without headers.</summary>
    public override string ToString() => $"{Endpoint} ({Protocol})";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint.Length > 0 && EndpointFault(Endpoint) is { } fault)
            yield return new(fault, [nameof(Endpoint)]);
        if (OtlpHeaders.FindFault(Headers, HeadersFile) is { } header)
            yield return header;
        if (CertificateAuthority.Length > 0 && !CertificateTrust.CanRead(CertificateAuthority))
            yield return new("must name a file that is there, can be read, and holds a certificate in PEM", [nameof(CertificateAuthority)]);
    }

    private static string? EndpointFault(string text)
    {
        if (!HttpAddress.IsMatch(text) || new Uri(text) is not { UserInfo.Length: 0, Query.Length: 0 } address)
            return "must be an address such as http://collector:4317, without a user and without a query";
        if (address.Port == 0)
            return "must have a port from 1 to 65535, such as http://collector:4317";
        var path = address.AbsolutePath.TrimEnd('/');
        return Signals.Any(signal => path.EndsWith(signal, StringComparison.OrdinalIgnoreCase))
            ? $"must be without {Signals[0]} and {Signals[1]}, which are appended where they belong"
            : null;
    }
}
