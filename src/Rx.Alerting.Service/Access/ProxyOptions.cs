using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Access;

/// <summary>A proxy that has asked users who they are, and says so in headers. It must remove these headers from what users send.</summary>
[OptionSection("Access:Proxy")]
internal sealed record ProxyOptions : IValidatableObject
{
    /// <summary>The least bits that a network has in common: 10.0.0.0/8 is the largest private one.</summary>
    private const int Widest = 8;

    /// <summary>What an address of IPv4 has before it, written as IPv6.</summary>
    private const int MappedBits = 96;

    /// <summary>
    /// Addresses and networks of proxies, such as <c>10.1.2.3</c> and <c>10.1.0.0/16</c>. Headers from elsewhere are ignored. Empty: there
    /// is no proxy.
    /// </summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>The header that has the name of the user.</summary>
    [Pattern("[A-Za-z0-9-]{1,100}", "the name of a header")]
    public string UserHeader { get; init; } = "X-Forwarded-User";

    /// <summary>The header that has the role of the user: reader, operator or admin. Empty: all users have <see cref="Role"/>.</summary>
    [Pattern("[A-Za-z0-9-]{0,100}", "the name of a header, or empty")]
    public string RoleHeader { get; init; } = string.Empty;

    /// <summary>The role of users without that header.</summary>
    public AccessRole Role { get; init; } = AccessRole.Reader;

    /// <summary>What is wrong with <see cref="Networks"/>.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in Networks.Where(network => Parse(network) is null))
        {
            yield return new(
                $"has {network}, must be addresses and networks such as 10.1.2.3 and 10.1.0.0/16, none wider than /{Widest}",
                [nameof(Networks)]);
        }
    }

    /// <summary>
    /// Null if it is neither an address nor a network, or a network of half the world. An address of IPv4 has four numbers: fewer, and
    /// octal ones, mean something else to each reader. One that is written as IPv6 is the same address.
    /// </summary>
    internal static IPNetwork? Parse(string text)
    {
        var parts = text.Split('/', 2);
        var (written, length) = (parts[0], parts.ElementAtOrDefault(1));
        if (!IPAddress.TryParse(written, out var address) || written.Contains('%', StringComparison.Ordinal)
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != written))
            return null;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = bits;
        if (length is not null && !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out prefix))
            return null;
        if (address.IsIPv4MappedToIPv6)
            (address, prefix, bits) = (address.MapToIPv4(), prefix - MappedBits, bits - MappedBits);
        return prefix >= Widest && prefix <= bits && IPNetwork.TryParse($"{address}/{prefix}", out var network) ? network : null;
    }
}
