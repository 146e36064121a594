using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HostFiltering;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access.Login;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Stores;

namespace Rx.Alerting.Service.Access;

/// <summary>Registers what decides who may use the API.</summary>
internal static class AccessServices
{
    /// <summary>The largest body of a request. What addresses take is smaller. Bodies are not decompressed.</summary>
    public const int LargestBody = 1 << 20;

    /// <param name="services">Of the host.</param>
    /// <param name="settings">Valid.</param>
    /// <param name="address">Of <c>--listen</c>.</param>
    public static IServiceCollection AddAccess(this IServiceCollection services, Settings settings, string address)
    {
        services.AddAuthentication(AccessHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, AccessHandler>(AccessHandler.SchemeName, null)
            .AddLogin(settings);
        return services
            .AddSingleton<IProblemDetailsWriter, ProblemWriter>() // First: it takes every problem.
            .AddProblemDetails()
            .Configure<ExceptionHandlerOptions>(handler =>
            {
                handler.StatusCodeSelector = failure => (failure as BadHttpRequestException)?.StatusCode ?? 500;
                handler.SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException;
            })
            .Configure<HostFilteringOptions>(filter => filter.IncludeFailureMessage = false)
            .AddAuthorization(AccessPolicies.Add)
            .AddSingleton<IAuthorizationMiddlewareResultHandler, Refusal>()
            .AddSingleton(OpenAccess.Of(settings, address))
            .AddSingleton(new ProxyCaller(settings.AccessProxy))
            .AddSingleton<AuthenticationFailures>()
            .AddSingleton<AccessMetrics>()
            .AddSingleton(host => new Tokens(
                TokenGrant.Of(settings),
                new TokenStore(Boards.Open(settings, BoardKind.Tokens, mayMake: false)),
                host.GetRequiredService<TimeProvider>(),
                host.GetRequiredService<ILogger<Tokens>>()));
    }

    /// <summary>Puts it before all addresses.</summary>
    public static void UseAccess(this WebApplication app)
    {
        SecurityHeaders.Use(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        var proxy = app.Services.GetRequiredService<ProxyCaller>();
        app.Use((context, next) =>
        {
            proxy.TakeScheme(context.Request);
            return next(context);
        });
        app.UseAuthentication();
        app.Use((context, next) => CrossSite.WhyRefused(context.Request, context.Caller()) is { } reason
            ? Problem.Of(ProblemKind.OtherSite, reason).ExecuteAsync(context)
            : next(context));
        app.UseAuthorization();
    }

    /// <summary>Tells how open the service is, when it has started: until then, its errors are told without a log.</summary>
    public static void TellAccess(this WebApplication app)
    {
        app.Services.GetRequiredService<AccessMetrics>(); // They are there before anybody fails.
        app.Lifetime.ApplicationStarted.Register(() => Tell(app));
    }

    private static void Tell(WebApplication app)
    {
        var open = app.Services.GetRequiredService<OpenAccess>();
        if (!open.IsDecided)
            RunLog.OpenOnThisMachine(app.Logger);
        else if (open.Anonymous > AccessRole.None || open.Local > AccessRole.None)
            RunLog.OpenTo(app.Logger, open.Anonymous, open.Local);
        if (RuntimeVersion.IsOld(Environment.Version))
            RunLog.OldRuntime(app.Logger, Environment.Version, RuntimeVersion.Least);
    }
}
