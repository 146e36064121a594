using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Forms;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Pages;

/// <summary>Makes what all pages have, and writes them.</summary>
internal sealed class PageFrames(
    EventLog events, DataStates states, FormContexts forms, PipelineStatus pipelines, IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>The event time that has been reached. Null: none yet.</summary>
    public DateTimeOffset? Now => states.Now;

    public PageRenderer Renderer { get; } = new(services, logs);

    /// <param name="context">The request for the page.</param>
    /// <param name="title">In the title of the window.</param>
    public PageFrame Of(HttpContext context, string title)
    {
        var (request, id) = (context.Request, events.Latest);
        var query = request.Query.Where(pair => pair.Key != PageZone.Parameter)
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? string.Empty));
        var times = new PageTimes(PageZone.Of(request), states.Now);
        return new(title, times, states.Look(context.Caller().Scope), id?.ToString(), request.Path.ToString(), [.. query])
        {
            Forms = forms.Of(context),
            ZoneFault = PageZone.FaultOf(request),
            Silences = SilencesInForce.Of(pipelines.Latest.Values, context.Caller().Scope),
            LoggedIn = context.Caller() is { Means: CallerMeans.Login } caller ? caller.Name : null,
        };
    }

    /// <summary>Answers that there is no such page.</summary>
    public Task MissingAsync(HttpContext context, string reason) => Renderer.WriteAsync<MissingPage>(
        context, StatusCodes.Status404NotFound, new() { ["Frame"] = Of(context, "Not found"), ["Reason"] = reason });
}
