using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>Registers logins: their cookies, and the identity provider if there is one.</summary>
internal static class LoginServices
{
    public const string Scheme = "Oidc", Unavailable = "The identity provider does not answer. Tokens hold meanwhile.";

    private const string Callback = "/login/callback";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static AuthenticationBuilder AddLogin(this AuthenticationBuilder authentication, Settings settings)
    {
        authentication.Services.AddSingleton<Sessions>();
        authentication.AddCookie(Sessions.Scheme, cookie =>
        {
            cookie.Cookie.Name = Sessions.Cookie;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.CookieManager = new SessionCookies();
            cookie.ExpireTimeSpan = Sessions.Lifetime;
            cookie.SlidingExpiration = false;
        });
        var options = settings.AccessOidc;
        authentication.Services
            .AddSingleton(host => new OidcProvider(options, host.GetRequiredService<TimeProvider>()))
            .AddSingleton(host => new OidcTokens(
                options, host.GetRequiredService<OidcProvider>(), host.GetRequiredService<TimeProvider>()));
        if (!options.IsSet)
            return authentication;
        authentication.AddOpenIdConnect(Scheme, oidc => Configure(oidc, options));
        authentication.Services.AddOptions<OpenIdConnectOptions>(Scheme)
            .Configure<OidcProvider>((oidc, provider) => oidc.ConfigurationManager = provider);
        return authentication;
    }

    private static void Configure(OpenIdConnectOptions oidc, OidcOptions options)
    {
        oidc.Authority = options.Authority;
        oidc.RequireHttpsMetadata = options.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret.Length > 0 ? options.ClientSecret : null;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.CallbackPath = Callback;
        (oidc.RemoteSignOutPath, oidc.SignedOutCallbackPath) = (default, default); // No login ends from there.
        oidc.SignInScheme = Sessions.Scheme;
        oidc.MapInboundClaims = false;
        oidc.ClaimActions.Clear(); // They would take the issuer away.
        oidc.SaveTokens = false;
        oidc.DisableTelemetry = true;
        oidc.BackchannelTimeout = Patience;
        oidc.TokenValidationParameters.ValidAlgorithms = OidcTokens.Algorithms;
        oidc.TokenValidationParameters.ClockSkew = OidcTokens.Skew;
        oidc.Scope.Clear();
        foreach (var scope in options.Scopes)
            oidc.Scope.Add(scope);
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        oidc.Events.OnTokenValidated = context =>
        {
            if (context.Principal?.Identity is ClaimsIdentity claims && OidcUser.Of(claims, options) is { } user)
                context.Principal = Sessions.Of(user);
            else
                context.Fail("The provider does not say who the user is.");
            return Task.CompletedTask;
        };
        oidc.Events.OnRemoteFailure = async context =>
        {
            context.HandleResponse();
            RunLog.LoginFails(context.HttpContext.RequestServices.GetRequiredService<ILogger<Sessions>>(), context.Failure?.Message ?? "");
            await Problem.Of(ProblemKind.LoginFailed, "The identity provider has not let you in, or has not answered. Log in again.")
                .ExecuteAsync(context.HttpContext);
        };
    }
}
