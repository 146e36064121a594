using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>Logins of browsers. A browser has a cookie, which only the service can read; the service has nothing of it.</summary>
/// <remarks>
/// A session of a token holds no longer than the token: it has the token's SHA-256, and the token is looked up with each request. A session
/// of an identity provider has the role of its beginning, so it is short.
/// </remarks>
internal sealed class Sessions(Tokens tokens)
{
    public const string Scheme = "Session", Cookie = "rx-alerting";

    /// <summary>How long a login holds, used or not.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private const string Token = "token", Issuer = "iss", Subject = "sub", Name = "name", Role = "role";

    /// <summary>Why there can be no login, as a sentence: its cookie could be read on the way. Null: there can.</summary>
    public static string? WhyNone(HttpRequest request) =>
        request.IsHttps || OpenAccess.IsOnLoopback(request)
            ? null
            : "Logins need TLS: use --listen https://…, or a proxy in Access:Proxy:Networks that sends X-Forwarded-Proto.";

    /// <summary>Begins a session with what a token gives.</summary>
    public static Task BeginAsync(HttpContext context, TokenGrant grant) => context.SignInAsync(
        Scheme, Principal(new Claim(Token, Convert.ToHexString(grant.Sha256))), new() { IsPersistent = false });

    public static Task EndAsync(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>What the cookie keeps of a user of an identity provider.</summary>
    public static ClaimsPrincipal Of(OidcUser user) => Principal(
        new(Issuer, user.Issuer), new(Subject, user.Subject), new(Name, user.Name), new(Role, user.Role.ToString()));

    /// <summary>Whose session a request has. Null: it has none, or none that holds.</summary>
    public async Task<Caller?> FindAsync(HttpContext context)
    {
        var found = await context.AuthenticateAsync(Scheme);
        if (found.Principal is not { } session)
            return null;
        var until = found.Properties?.ExpiresUtc;
        if (session.FindFirstValue(Token) is { } hash)
        {
            if (await tokens.FindAsync(Convert.FromHexString(hash), context.RequestAborted) is not { } grant)
                return null;
            context.Features.Set(grant);
            return grant.ToCaller() with { Means = CallerMeans.Login, Until = until };
        }

        return session.FindFirstValue(Issuer) is { } issuer && session.FindFirstValue(Subject) is { } subject
            && Enum.TryParse<AccessRole>(session.FindFirstValue(Role), out var role)
                ? new OidcUser(issuer, subject, session.FindFirstValue(Name) ?? subject, role).ToCaller() with { Until = until }
                : null;
    }

    private static ClaimsPrincipal Principal(params Claim[] claims) => new(new ClaimsIdentity(claims, Scheme));
}
