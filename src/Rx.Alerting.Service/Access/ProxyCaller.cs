using System.Globalization;
using System.Net;
using System.Text;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Access;

/// <summary>Finds the user that a proxy names.</summary>
internal sealed class ProxyCaller(ProxyOptions options)
{
    private const int LongestName = 200;

    private const string SchemeHeader = "X-Forwarded-Proto";

    private readonly IPNetwork[] networks = [.. options.Networks.Select(network => ProxyOptions.Parse(network)!.Value)];

    /// <summary>Whether a request has headers that only a proxy may set, and does not come from one.</summary>
    public bool IsForged(HttpRequest request) => IsNamed(request) && !IsProxy(request);

    /// <summary>
    /// Has a request be one of TLS if a proxy says that the browser speaks TLS with it. Cookies, and addresses that lead back, depend on
    /// that.
    /// </summary>
    public void TakeScheme(HttpRequest request)
    {
        if (request.Headers[SchemeHeader] is [{ } scheme]
            && scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) && IsProxy(request))
            request.Scheme = Uri.UriSchemeHttps;
    }

    /// <summary>Null: no proxy names a user.</summary>
    /// <param name="request">The request.</param>
    /// <param name="problem">Why the headers of a proxy say nothing, as a sentence; null: no proxy, or all is well.</param>
    public Caller? Find(HttpRequest request, out string? problem)
    {
        problem = null;
        if (!IsNamed(request) || !IsProxy(request))
            return null;
        var name = request.Headers[options.UserHeader];
        if (name is not [{ Length: <= LongestName } user] || !IsReadable(user))
        {
            problem = $"{options.UserHeader} must be there once, with a name of at most {LongestName} characters that can all be seen.";
            return null;
        }

        var role = options.Role;
        if (options.RoleHeader.Length > 0 && request.Headers.TryGetValue(options.RoleHeader, out var roles)
            && !(roles is [{ } text] && OptionText.TryParse(typeof(AccessRole), text, out var value) && (role = (AccessRole)value!) >= 0))
        {
            problem = $"{options.RoleHeader} must be there once, and be {OptionText.Choice(OptionText.Names(typeof(AccessRole)))}.";
            return null;
        }

        return new(user, role, PropertyScope.All, CallerMeans.Proxy);
    }

    /// <summary>A name has no characters that hide, or turn round, what is written beside it.</summary>
    public static bool IsReadable(string name) =>
        !string.IsNullOrWhiteSpace(name) && name.EnumerateRunes().All(rune => rune != Rune.ReplacementChar
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    /// <summary>Whether a request names a user, as only a proxy may.</summary>
    public bool IsNamed(HttpRequest request) => networks.Length > 0 && request.Headers.ContainsKey(options.UserHeader);

    /// <summary>Whether a request comes from a proxy, whatever it says.</summary>
    public bool IsProxy(HttpRequest request)
    {
        var from = request.HttpContext.Connection.RemoteIpAddress;
        if (from?.IsIPv4MappedToIPv6 == true)
            from = from.MapToIPv4();
        return from is not null && Array.Exists(networks, network => network.Contains(from));
    }
}
