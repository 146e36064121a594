using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Tries;

/// <summary>Trying options, in the host.</summary>
internal static class TryServices
{
    public static IServiceCollection AddTries(this IServiceCollection services) => services
        .AddSingleton<Tries>()
        .AddSingleton<TryDrafts>()
        .AddSingleton<TryPages>();

    /// <summary>A run costs processor time, so an operator begins and ends it. Its result is for readers of the property.</summary>
    public static void MapTries(this IEndpointRouteBuilder routes)
    {
        var pages = routes.ServiceProvider.GetRequiredService<TryPages>();
        routes.MapMethods(TryPages.Path, ReadMethods.All, pages.ListAsync).Needs(AccessRole.Reader);
        routes.MapPost(TryPages.Path, pages.StartAsync).Needs(AccessRole.Operator);
        routes.MapMethods($"{TryPages.Path}/{{id}}", ReadMethods.All, (HttpContext context, string id) => pages.ShowAsync(context, id))
            .Needs(AccessRole.Reader);
        routes.MapPost($"{TryPages.Path}/{{id}}/cancel", (HttpContext context, string id) => pages.CancelAsync(context, id))
            .Needs(AccessRole.Operator);
    }
}
