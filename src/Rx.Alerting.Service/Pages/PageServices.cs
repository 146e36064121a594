using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages;

/// <summary>The pages for people, in the host.</summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddSingleton<EventLog>()
        .AddSingleton<DataStates>()
        .AddSingleton<ToldMirror>()
        .AddSingleton<RulesInForce>()
        .AddSingleton<PageData>();

    public static void MapPages(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("").Needs(AccessRole.Reader);
        foreach (var asset in PageAsset.All)
            routes.MapMethods(asset.Path, ReadMethods.All, asset.Serve);
        var data = builder.ServiceProvider.GetRequiredService<PageData>();
        routes.MapMethods("/", ReadMethods.All, (HttpContext context) => data.ListAsync(context));
        routes.MapMethods("/incidents/{id}", ReadMethods.All, (HttpContext context, string id) => data.IncidentAsync(context, id));
    }
}
