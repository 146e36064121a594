using System.ComponentModel.DataAnnotations;
using System.Net;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Access;

/// <summary>A proxy that has asked users who they are, and says so in headers. It must remove these headers from what users send.</summary>
[OptionSection("Access:Proxy")]
internal sealed record ProxyOptions : IValidatableObject
{
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
                $"has {network}, must be addresses and networks such as 10.1.2.3 and 10.1.0.0/16",
                [nameof(Networks)]);
        }
    }

    /// <summary>Null if it is neither an address nor a network.</summary>
    internal static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
