using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Pages.Pipelines;
using Rx.Alerting.Service.Pages.Rates;
using Rx.Alerting.Service.Pages.Telling;

namespace Rx.Alerting.Service.Pages;

/// <summary>The pages for people, in the host.</summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddSingleton<EventLog>()
        .AddSingleton<IncidentBooks>()
        .AddSingleton<DataStates>()
        .AddSingleton<ToldMirror>()
        .AddSingleton<RulesInForce>()
        .AddSingleton<PageFrames>()
        .AddSingleton<PageData>()
        .AddSingleton<PipelineLook>()
        .AddSingleton<PipelinePages>()
        .AddSingleton<ToldLook>()
        .AddSingleton<NotificationPages>()
        .AddSingleton<RateAnswers>()
        .AddSingleton<PropertyPages>();

    public static void MapPages(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("").Needs(AccessRole.Reader);
        foreach (var asset in PageAsset.All)
            builder.MapMethods(asset.Path, ReadMethods.All, asset.Serve).AllowAnonymous(); // The page to log in has the style, too.
        var data = Of<PageData>();
        routes.MapMethods("/", ReadMethods.All, (HttpContext context) => data.ListAsync(context));
        routes.MapMethods("/incidents/{id}", ReadMethods.All, (HttpContext context, string id) => data.IncidentAsync(context, id));
        var (pipelines, notifications, properties) = (Of<PipelinePages>(), Of<NotificationPages>(), Of<PropertyPages>());
        routes.MapMethods("/properties", ReadMethods.All, (HttpContext context) => properties.ListAsync(context));
        routes.MapMethods("/properties/{id}", ReadMethods.All, (HttpContext context, string id) => properties.ShowAsync(context, id));
        routes.MapMethods("/pipeline", ReadMethods.All, (HttpContext context) => pipelines.ShowAsync(context));
        routes.MapMethods("/notifications", ReadMethods.All, (HttpContext context) => notifications.ListAsync(context));

        T Of<T>()
            where T : notnull => builder.ServiceProvider.GetRequiredService<T>();
    }
}
