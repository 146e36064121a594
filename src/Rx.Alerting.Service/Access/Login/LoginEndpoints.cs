using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>The addresses at which browsers log in and out. They are open to all.</summary>
internal static class LoginEndpoints
{
    public const string Path = "/login", OidcPath = "/login/oidc", OutPath = "/logout";

    /// <summary>The parameter with the path to go to afterwards.</summary>
    public const string Return = "return";

    private const string Field = "token";

    public static void MapLogin(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("").AllowAnonymous();
        var hasProvider = builder.ServiceProvider.GetRequiredService<Settings>().AccessOidc.IsSet;
        routes.MapMethods(Path, ReadMethods.All, (HttpContext context) => Show(context, hasProvider, null));
        routes.MapPost(Path, (HttpContext context, Tokens tokens, AuthenticationFailures failures) =>
            EnterAsync(context, tokens, failures, hasProvider));
        routes.MapPost(OutPath, async (HttpContext context) =>
        {
            await Sessions.EndAsync(context);
            return Results.Redirect(Path);
        });
        if (hasProvider)
            routes.MapMethods(OidcPath, ReadMethods.All, ChallengeAsync);
    }

    /// <summary>Where a browser logs in that asked for something else.</summary>
    public static string For(HttpRequest request) =>
        $"{Path}{QueryString.Create(Return, LocalPath.Of($"{request.Path}{request.QueryString}"))}";

    private static IResult Show(HttpContext context, bool hasProvider, string? problem) => Sessions.WhyNone(context.Request) is { } reason
        ? Problem.Of(ProblemKind.NoLogin, reason)
        : LoginPage.Of(Back(context.Request), hasProvider, problem);

    private static async Task<IResult> EnterAsync(HttpContext context, Tokens tokens, AuthenticationFailures failures, bool hasProvider)
    {
        if (Sessions.WhyNone(context.Request) is { } reason)
            return Problem.Of(ProblemKind.NoLogin, reason);
        var (form, refusal) = await PostedForm.ReadAsync(context.Request);
        if (form is null)
            return refusal!;
        var token = form[Field].ToString().Trim();
        var isToken = ApiToken.IsWellFormed(token);
        if (isToken && await tokens.FindAsync(token, context.RequestAborted) is { } grant)
        {
            await Sessions.BeginAsync(context, grant);
            return Results.LocalRedirect(Back(context.Request));
        }

        if (isToken && !tokens.AreRead)
            return Problem.Of(ProblemKind.NotNow, "The store with the tokens does not answer.");
        var (_, wait) = failures.Add(context.Connection.RemoteIpAddress);
        if (wait is null)
            return Show(context, hasProvider, "The token is unknown, was revoked, or has expired.");
        var seconds = Math.Ceiling(wait.Value.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        var many = $"Too many tokens of this address were wrong. Wait {seconds} seconds. A right token is taken all the same.";
        return ProblemPage.IsFor(context.Request)
            ? LoginPage.Of(Back(context.Request), hasProvider, many, StatusCodes.Status429TooManyRequests)
            : Problem.Of(ProblemKind.TooManyFailures, many);
    }

    private static async Task<IResult> ChallengeAsync(HttpContext context, OidcProvider provider)
    {
        if (Sessions.WhyNone(context.Request) is { } reason)
            return Problem.Of(ProblemKind.NoLogin, reason);
        try
        {
            await provider.GetConfigurationAsync(context.RequestAborted);
        }
        catch (OidcUnavailableException)
        {
            return Problem.Of(ProblemKind.NotNow, LoginServices.Unavailable);
        }

        return Results.Challenge(new AuthenticationProperties { RedirectUri = Back(context.Request) }, [LoginServices.Scheme]);
    }

    private static string Back(HttpRequest request) => LocalPath.Of(request.Query[Return]);
}
