using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Rx.Alerting.Service.Access.Login;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Access;

/// <summary>
/// Finds the caller of a request: by its token, else by what a proxy says, else it is anonymous. What is wrong is refused, also where
/// anonymous callers would be served: whoever shows a token wants to know that it does not hold.
/// </summary>
internal sealed class AccessHandler(
    OpenAccess open,
    Tokens tokens,
    ProxyCaller proxy,
    OidcTokens oidc,
    Sessions sessions,
    AuthenticationFailures failures,
    AccessMetrics metrics,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Access";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization;
        var (isProxy, isForged) = (proxy.IsProxy(Request), proxy.IsForged(Request));
        if (authorization is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && text[Bearer.Length..].Trim() is var token && (!isProxy || IsForUs(token)))
            return await OfTokenAsync(token);
        if (authorization.Count > 1)
            return Fail("malformed", "There is more than one Authorization header.");
        if (isForged)
            IgnoreForged();
        if (proxy.Find(Request, out var problem) is { } user)
            return Success(user);
        if (problem is not null)
            return Fail("proxy", problem);
        if (authorization.Count > 0)
            return Fail("malformed", "The Authorization header must be “Bearer” and a token.");
        return await sessions.FindAsync(Context) is { } session
            ? Success(session)
            : Success(open.CallerOf(Request, isPassedOn: isProxy || isForged));
    }

    /// <summary>What else a proxy passes on, besides the name of a user, is a token of whoever has logged the user in there.</summary>
    private bool IsForUs(string token) =>
        token.StartsWith(ApiToken.Prefix, StringComparison.Ordinal) || (oidc.AreTaken && !proxy.IsNamed(Request));

    private async Task<AuthenticateResult> OfTokenAsync(string token)
    {
        if (oidc.AreTaken && !token.StartsWith(ApiToken.Prefix, StringComparison.Ordinal))
            return await OfProviderAsync(token);
        if (!ApiToken.IsWellFormed(token))
            return Fail("malformed", "It is no token of rx-alerting: mistyped, or cut off?");
        if (await tokens.FindAsync(token, Context.RequestAborted) is { } grant)
        {
            Context.Features.Set(grant);
            return Success(grant.ToCaller());
        }

        if (!tokens.AreRead)
        {
            Context.Features.Set(new AccessFailure("The store with the tokens does not answer.", IsOurs: true));
            return AuthenticateResult.Fail("unknown");
        }

        return Fail("unknown", "The token is unknown, was revoked, or has expired.");
    }

    private async Task<AuthenticateResult> OfProviderAsync(string token)
    {
        try
        {
            return await oidc.FindAsync(token, Context.RequestAborted) is { } caller
                ? Success(caller)
                : Fail("unknown", "The access token is not one for this service, or has expired.");
        }
        catch (OidcUnavailableException)
        {
            Context.Features.Set(new AccessFailure(LoginServices.Unavailable, IsOurs: true));
            return AuthenticateResult.Fail("unknown");
        }
    }

    private static AuthenticateResult Success(Caller caller) =>
        AuthenticateResult.Success(new(new(new CallerIdentity(caller)), SchemeName));

    private AuthenticateResult Fail(string kind, string reason)
    {
        var (number, wait) = failures.Add(Context.Connection.RemoteIpAddress);
        metrics.TakeFailure(kind);
        if (number is 1 or AuthenticationFailures.Most + 1)
            RunLog.NotAuthenticated(Logger, Context.Connection.RemoteIpAddress, number, reason);
        Context.Features.Set(new AccessFailure(reason, wait));
        return AuthenticateResult.Fail(reason);
    }

    private void IgnoreForged()
    {
        metrics.TakeFailure("forged_proxy");
        if (failures.Add(Context.Connection.RemoteIpAddress).Failures is 1 or AuthenticationFailures.Most + 1)
            RunLog.ForgedProxy(Logger, Context.Connection.RemoteIpAddress);
    }
}
