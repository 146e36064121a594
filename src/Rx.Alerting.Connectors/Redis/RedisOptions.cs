using Rx.Alerting.Core.Options;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Section <c>Redis</c>: where Redis is, and how its keys begin.</summary>
public sealed record RedisOptions
{
    /// <summary>As StackExchange.Redis writes it: <c>host:6379,password=…,ssl=true</c>. Its times and its reconnecting are set by <see cref="Timeout"/>. Default <c>localhost:6379</c>.</summary>
    public string Configuration { get; init; } = "localhost:6379";

    /// <summary>What all keys begin with, so that others can share the server. Without braces, spaces and control characters; default <c>rx-alerting</c>.</summary>
    public string KeyPrefix { get; init; } = "rx-alerting";

    /// <summary>How long to wait for a connection, and for every answer; for that to a commit a second more for each of its megabytes. 100 ms to 5 minutes; default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A file with the certificates, in PEM, of who may sign the server's, where the machine does not trust them; for <c>ssl=true</c>. Default: none.</summary>
    public string CertificateAuthority { get; init; } = string.Empty;

    /// <summary>What to do where maxmemory and maxmemory-policy let the server evict checkpoints (allkeys-…): fail, or warn and go on. Default fail.</summary>
    public RedisOnEviction OnEviction { get; init; } = RedisOnEviction.Fail;

    /// <summary>Without the configuration, which may hold a password.</summary>
    public override string ToString() => $"Redis, keys {KeyPrefix}";

    /// <summary>Every fault, empty if there are none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        faults.Require(Parse() is { EndPoints.Count: > 0 }, "Redis:Configuration", "cannot be read, must be like host:6379,password=…,ssl=true with the options of StackExchange.Redis");
        faults.Require(KeyPrefix.Length > 0 && !KeyPrefix.Any(c => c is '{' or '}' || char.IsControl(c) || char.IsWhiteSpace(c)), "Redis:KeyPrefix", "must be a text without braces, spaces and control characters");
        faults.Range("Redis:Timeout", Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        faults.Require(CertificateAuthority.Length == 0 || RedisTrust.CanRead(CertificateAuthority), "Redis:CertificateAuthority", "must name a file that is there, can be read, and holds a certificate in PEM");
        faults.Require(Enum.IsDefined(OnEviction), "Redis:OnEviction", "must be fail or warn");
        return faults.All;
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
