using System.Net;

namespace Rx.Alerting.Service.Access;

/// <summary>The names by which callers may ask who show nothing.</summary>
/// <remarks>
/// A page of another site can lead its own name to an address of the service (DNS rebinding). The browser then takes the service for a part
/// of that site, and the page reads the answers. So a name counts that no site can have, or that somebody has configured.
/// </remarks>
internal sealed class AllowedHosts
{
    private const string Any = "*";

    /// <summary>Ends of names that the public DNS does not have.</summary>
    private static readonly string[] PrivateEnds = [".localhost", ".local", ".internal", ".svc"];

    private readonly IReadOnlyList<string> names;

    private AllowedHosts(IReadOnlyList<string> names) => this.names = names;

    /// <summary>Only names that no site can have.</summary>
    public static AllowedHosts Own { get; } = new([]);

    /// <param name="names">Names, <c>*.</c> and the end of names, or <c>*</c>.</param>
    public static AllowedHosts Of(IReadOnlyList<string> names) => names.Count == 0 ? Own : new(names);

    /// <param name="host">Of a request, without its port. Empty: it has none, so it is not of a browser.</param>
    public bool Has(string host)
    {
        var name = host.TrimEnd('.');
        return !name.Contains('.', StringComparison.Ordinal)
            || IPAddress.TryParse(name.Trim('[', ']'), out _)
            || PrivateEnds.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            || names.Any(allowed => IsAllowed(name, allowed));
    }

    private static bool IsAllowed(string name, string allowed) => allowed == Any
        || name.Equals(allowed, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && name.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase));
}
