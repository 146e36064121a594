using System.Security.Claims;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>A user of an identity provider.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The user there: never changes, and is never given to somebody else.</param>
/// <param name="Name">For people. Users may change it, so nothing depends on it.</param>
/// <param name="Role">What the user may do.</param>
internal sealed record OidcUser(string Issuer, string Subject, string Name, AccessRole Role)
{
    private const int LongestName = 100;

    /// <summary>The user that claims are about. They must have been verified.</summary>
    /// <returns>Null if they do not say who it is.</returns>
    public static OidcUser? Of(ClaimsIdentity claims, OidcOptions options)
    {
        if (claims.FindFirst("iss")?.Value is not { Length: > 0 } issuer || claims.FindFirst("sub")?.Value is not { Length: > 0 } subject)
            return null;
        var said = claims.FindFirst(options.NameClaim)?.Value;
        var name = said is { Length: > 0 and <= LongestName } && ProxyCaller.IsReadable(said) ? said : subject;
        return new(issuer, subject, name, options.RoleOf([.. claims.FindAll(options.RoleClaim).Select(claim => claim.Value)]));
    }

    /// <summary>The caller is told as <c>name (subject)</c>: two users of one name can be told apart.</summary>
    public Caller ToCaller() =>
        new(Name == Subject ? Subject : $"{Name} ({Subject})", Role, PropertyScope.All, CallerMeans.Login)
        {
            Key = $"{Issuer} {Subject}",
        };
}
