using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Forms;

/// <summary>The forms of pages, in the host.</summary>
internal static class FormServices
{
    private const string Cookie = "rx-forms";

    /// <summary>Browsers take a cookie of such a name over TLS only, and from this very host.</summary>
    private const string HostPrefix = "__Host-";

    /// <param name="services">Of the host.</param>
    /// <param name="settings">Valid.</param>
    /// <param name="address">Of <c>--listen</c>.</param>
    public static IServiceCollection AddForms(this IServiceCollection services, Settings settings, string address) => services
        .AddAntiforgery(options =>
        {
            var isTls = ListenAddresses.All(settings, address)
                .All(url => url.StartsWith($"{Uri.UriSchemeHttps}:", StringComparison.OrdinalIgnoreCase));
            options.Cookie.Name = isTls ? HostPrefix + Cookie : Cookie;
            options.Cookie.SecurePolicy = isTls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.Path = "/";
            // A link in a chat must bring the cookie: without it, the page would set another one, and forms of open pages would be refused.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.FormFieldName = FormTokens.Field;
            options.HeaderName = null;
            options.SuppressXFrameOptionsHeader = true; // SecurityHeaders has a stricter one.
        })
        .AddSingleton<FormTokens>()
        .AddSingleton<FormOutcomes>()
        .AddSingleton<FormContexts>()
        .AddSingleton<FormReader>()
        .AddSingleton<FormSender>()
        .AddSingleton<IncidentForms>()
        .AddSingleton<SilencePages>()
        .AddSingleton<NotificationForms>()
        .AddSingleton<ChannelTests>();

    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        var incidents = routes.ServiceProvider.GetRequiredService<IncidentForms>();
        foreach (var act in Enum.GetValues<IncidentAct>())
        {
            var (path, role) = ($"/incidents/{{id}}/{act.Name()}", CommandAccess.RoleOf(act.Name()));
            routes.MapMethods(path, ReadMethods.All, (HttpContext context, string id) => incidents.ShowAsync(context, id, act)).Needs(role);
            routes.MapPost(path, (HttpContext context, string id) => incidents.TakeAsync(context, id, act)).Needs(role);
        }

        var silences = routes.ServiceProvider.GetRequiredService<SilencePages>();
        routes.MapMethods(SilencePages.Path, ReadMethods.All, silences.ListAsync).Needs(AccessRole.Reader);
        Take(SilencePages.Path, "silence", context => silences.AddAsync(context, isRecurring: false));
        Take(SilencePages.MaintenancePath, "maintenance", context => silences.AddAsync(context, isRecurring: true));
        Take(SilencePages.EndPath, "unsilence", context => silences.EndAsync(context, isRecurring: false));
        Take(SilencePages.EndMaintenancePath, "end-maintenance", context => silences.EndAsync(context, isRecurring: true));
        var notifications = routes.ServiceProvider.GetRequiredService<NotificationForms>();
        Take(NotificationForms.RetryPath, "retry-notifications", notifications.RetryAsync);
        routes.MapPost(ChannelTests.Path, routes.ServiceProvider.GetRequiredService<ChannelTests>().TestAsync).Needs(AccessRole.Operator);

        // Whoever may send the command may use the form, and nobody else.
        void Take(string path, string command, RequestDelegate take) => routes.MapPost(path, take).Needs(CommandAccess.RoleOf(command));
    }
}
