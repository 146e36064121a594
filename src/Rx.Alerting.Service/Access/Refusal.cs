using System.Globalization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Access.Login;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Access;

/// <summary>Answers requests whose caller may not do what it asks.</summary>
internal sealed class Refusal : IAuthorizationMiddlewareResultHandler
{
    private const string Challenge = "Bearer realm=\"rx-alerting\"";

    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(5);

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        var needed = policy.Requirements.OfType<RoleRequirement>().Select(one => one.Role).DefaultIfEmpty(AccessRole.Admin).Max();
        return (LeadsToLogin(context) ? Results.Redirect(LoginEndpoints.For(context.Request)) : Of(context, needed)).ExecuteAsync(context);
    }

    /// <summary>Whether somebody in a browser asks for a page, and has shown nothing yet.</summary>
    private static bool LeadsToLogin(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Mode"] == "navigate"
        && HttpMethods.IsGet(context.Request.Method)
        && context.GetEndpoint() is RouteEndpoint
        && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !context.Caller().IsKnown
        && context.Features.Get<AccessFailure>() is null
        && context.RequestServices.GetRequiredService<OpenAccess>().IsDecided
        && Sessions.WhyNone(context.Request) is null;

    /// <summary>The answer to a caller that needs another role.</summary>
    public static IResult Of(HttpContext context, AccessRole needed)
    {
        var headers = context.Response.Headers;
        var caller = context.Caller();
        if (context.Features.Get<AccessFailure>() is { } failure)
        {
            if (failure.IsOurs)
            {
                headers.RetryAfter = Seconds(StoreRetry);
                return Problem.Of(ProblemKind.NotNow, failure.Reason);
            }

            if (failure.Wait is { } wait)
            {
                headers.RetryAfter = Seconds(wait);
                return Problem.Of(ProblemKind.TooManyFailures, $"{failure.Reason} Too many requests of this address were wrong.");
            }

            headers[HeaderNames.WWWAuthenticate] = $"{Challenge}, error=\"invalid_token\"";
            return Problem.Of(ProblemKind.WrongCredentials, failure.Reason);
        }

        if (caller.IsKnown)
        {
            return Problem.Of(
                ProblemKind.Forbidden, $"{Who(caller)} is {OptionText.Of(caller.Role)}; it needs the role {OptionText.Of(needed)}.");
        }

        headers[HeaderNames.WWWAuthenticate] = Challenge;
        return Problem.Of(
            ProblemKind.NoCredentials,
            $"It needs the role {OptionText.Of(needed)}: send “Authorization: Bearer” and a token.{WithoutToken(context, needed)}");
    }

    /// <summary>Why a request without a token is refused that others are served, as a sentence; empty: none is.</summary>
    private static string WithoutToken(HttpContext context, AccessRole needed)
    {
        var open = context.RequestServices.GetRequiredService<OpenAccess>();
        if (!open.IsDecided && OpenAccess.WhyNotLocal(context.Request) is { } reason)
            return $" Without a token, the service is there for its own machine only: {reason}";
        return open.Anonymous >= needed
            ? $" Without a token, the Host header must be an address, or a name in Access:Hosts, and is “{context.Request.Host}”."
            : string.Empty;
    }

    private static string Who(Caller caller) => $"{(caller.Means == CallerMeans.Token ? "The token" : "The user")} “{caller.Name}”";

    private static string Seconds(TimeSpan span) => Math.Ceiling(span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
