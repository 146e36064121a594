using System.Net;
using System.Security.Claims;

namespace Rx.Alerting.Service.Access;

/// <summary>Who sends a request.</summary>
/// <param name="Name">The name of the token or of the user. Commands are told under it.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="Scope">What the caller may see, and decide about.</param>
/// <param name="Means">How the caller is known.</param>
internal sealed record Caller(string Name, AccessRole Role, PropertyScope Scope, CallerMeans Means)
{
    /// <summary>A caller without any rights.</summary>
    public static Caller Nobody { get; } = Unknown(AccessRole.None);

    /// <summary>Tells the caller from others of its name.</summary>
    public string Key { get; init; } = Name;

    /// <summary>Until when it is known. Null: a token says so, or nothing does.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether the caller has shown who it is. Otherwise the name says nothing.</summary>
    public bool IsKnown => Means != CallerMeans.None;

    /// <summary>Whoever shows nothing.</summary>
    public static Caller Unknown(AccessRole role) => new("anonymous", role, PropertyScope.All, CallerMeans.None);
}

/// <summary>How a caller is known.</summary>
internal enum CallerMeans
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By a token. Browsers send none by themselves.</summary>
    Token,

    /// <summary>By what a proxy says.</summary>
    Proxy,

    /// <summary>By a login.</summary>
    Login,
}

/// <summary>A caller as ASP.NET Core keeps it.</summary>
internal sealed class CallerIdentity(Caller caller)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], caller.IsKnown ? caller.Means.ToString() : null)
{
    public Caller Caller => caller;
}

/// <summary>Finds the caller of a request.</summary>
internal static class CallerExtensions
{
    public static Caller Caller(this HttpContext context) => context.User.Caller();

    /// <summary>Tells one caller from others: by how it is known, else by its address.</summary>
    public static string CallerKey(this HttpContext context) => context.Caller() is { IsKnown: true } caller
        ? $"{caller.Means} {caller.Key}"
        : $"{AuthenticationFailures.Network(context.Connection.RemoteIpAddress ?? IPAddress.None)}";

    public static Caller Caller(this ClaimsPrincipal user) =>
        user.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Caller ?? Access.Caller.Nobody;
}
