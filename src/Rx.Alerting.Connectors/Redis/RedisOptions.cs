using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Tls;
using Rx.Alerting.Core.Options;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>The Redis server that checkpoints are kept in.</summary>
[OptionSection("Redis")]
public sealed record RedisOptions : IValidatableObject
{
    /// <summary>
    /// The server, as StackExchange.Redis writes it: <c>host:6379,password=…,ssl=true</c>. Times and reconnecting in it have no effect:
    /// <see cref="Timeout"/> sets them.
    /// </summary>
    [Secret(InPart = true)]
    public string Configuration { get; init; } = "localhost:6379";

    /// <summary>A file with the configuration, instead of <see cref="Configuration"/>.</summary>
    public string ConfigurationFile { get; init; } = string.Empty;

    /// <summary>The beginning of all keys, so that several services can share the server.</summary>
    [Pattern(@"[^{}\s\p{Cc}]+", "a text without braces, spaces and control characters")]
    public string KeyPrefix { get; init; } = "rx-alerting";

    /// <summary>
    /// How long to wait for a connection, and for every answer. A commit may take a second longer for each of its megabytes.
    /// </summary>
    [TimeRange("100ms", "5m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A PEM file with the certificate authorities that may sign the server's certificate, for <c>ssl=true</c>. Empty: the authorities
    /// that the machine trusts.
    /// </summary>
    public string CertificateAuthority { get; init; } = string.Empty;

    /// <summary>
    /// What to do where maxmemory and maxmemory-policy (allkeys-…) let the server evict checkpoints: fail, or warn and go on.
    /// </summary>
    public RedisOnEviction OnEviction { get; init; } = RedisOnEviction.Fail;

    /// <summary>Without the configuration, which may hold a password.</summary>
    public override string ToString() => $"Redis, keys {KeyPrefix}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Parse() is not { EndPoints.Count: > 0 })
        {
            yield return new(
                "cannot be read, must be like host:6379,password=…,ssl=true with the options of StackExchange.Redis",
                [nameof(Configuration)]);
        }

        if (CertificateAuthority.Length > 0 && !CertificateTrust.CanRead(CertificateAuthority))
            yield return new("must name a file that is there, can be read, and holds a certificate in PEM", [nameof(CertificateAuthority)]);
    }

    /// <summary>Null where it cannot be read; what the library says then is dropped, since it may quote a password.</summary>
    internal ConfigurationOptions? Parse()
    {
        try
        {
            return ConfigurationOptions.Parse(Configuration);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
