using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Webhook;

/// <summary>JSON to an address of your choice. docs/channels.md shows the JSON, the signature, and templates.</summary>
[OptionSection("Channels:NAME", Kind = "webhook")]
public sealed record WebhookOptions : IValidatableObject
{
    /// <summary>Where the JSON goes.</summary>
    [Secret]
    public string Url { get; init; } = string.Empty;

    /// <summary>A file with the address.</summary>
    public string UrlFile { get; init; } = string.Empty;

    /// <summary>The method of the request.</summary>
    [AllowedValues("POST", "PUT", "PATCH")]
    public string Method { get; init; } = "POST";

    /// <summary>Further headers, each as in <c>Authorization: Bearer …</c>.</summary>
    [Secret]
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>A file with the headers, one on each line. Lines that begin with <c>#</c> are comments.</summary>
    public string HeadersFile { get; init; } = string.Empty;

    /// <summary>
    /// Signs the requests as Standard Webhooks says. What begins with <c>whsec_</c> is Base64, anything else is the key itself. Empty: no
    /// signature.
    /// </summary>
    [Secret]
    public string SigningKey { get; init; } = string.Empty;

    /// <summary>A file with the key that signs.</summary>
    public string SigningKeyFile { get; init; } = string.Empty;

    /// <summary>A file with a template in JSON for the body. Empty: the body has everything.</summary>
    public string BodyFile { get; init; } = string.Empty;

    /// <summary>Whether also changes are sent that nobody has to look at.</summary>
    public bool Updates { get; init; } = true;

    /// <summary>Without address, headers and key.</summary>
    public override string ToString() => $"webhook, {Method}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Regex.IsMatch(Url, $@"\A(?:{HttpAddress.Pattern})\z") || !Uri.TryCreate(Url, UriKind.Absolute, out _))
            yield return new($"must be {HttpAddress.Words}", [nameof(Url)]);
        if (Headers.Any(header => HttpHeader.Parse(header) is null))
            yield return new("must have headers such as Authorization: Bearer …", [nameof(Headers)]);
        if (WebhookSignature.KeyOf(SigningKey) is null)
            yield return new("must be Base64 behind whsec_", [nameof(SigningKey)]);
        if (BodyFile.Length > 0 && BodyTemplate.Fault(BodyFile) is { } fault)
            yield return new(fault, [nameof(BodyFile)]);
    }
}
