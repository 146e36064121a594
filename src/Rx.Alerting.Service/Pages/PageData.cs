using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages;

/// <summary>Answers requests for pages.</summary>
internal sealed class PageData(
    BoardMirror board,
    EventLog events,
    DataStates states,
    ToldMirror told,
    RulesInForce rules,
    IServiceProvider services,
    ILoggerFactory logs)
{
    private readonly PageRenderer renderer = new(services, logs);

    public Task ListAsync(HttpContext context)
    {
        if (PageZone.Choose(context))
            return Task.CompletedTask;
        var filter = IncidentFilter.Parse(context.Request.Query);
        var frame = Frame(context, "Incidents"); // First: changes that come meanwhile are told once more.
        var list = IncidentList.Of(Visible(context).Snapshot(), filter);
        var status = filter.Faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return renderer.WriteAsync<IncidentsPage>(context, status, new() { ["Frame"] = frame, ["List"] = list });
    }

    public async Task IncidentAsync(HttpContext context, string id)
    {
        if (PageZone.Choose(context))
            return;
        var visible = Visible(context);
        if (visible.Find(id) is not { } incident)
        {
            await MissingAsync(context, "There is no such incident, or it is not kept any more.");
            return;
        }

        var frame = Frame(context, $"{PageWords.Subject(incident)}: {PageWords.Failure(incident)}");
        var (said, problem) = await told.OfAsync(id, context.RequestAborted);
        var detail = IncidentDetail.Of(incident, visible.Snapshot(), visible.OfKey(incident.IncidentKey)) with
        {
            Told = visible.AreAll ? said : [.. said.Select(told => told.OfOneIncident(id))],
            ToldProblem = problem,
            Ending = incident.Status == IncidentStatus.Open ? Recovery.Ending(incident, rules.Incidents) : null,
            Channels = told.Channels,
        };
        await renderer.WriteAsync<IncidentPage>(context, StatusCodes.Status200OK, new() { ["Frame"] = frame, ["Detail"] = detail });
    }

    private VisibleIncidents Visible(HttpContext context) => new(board, context.Caller().Scope);

    private Task MissingAsync(HttpContext context, string reason) => renderer.WriteAsync<MissingPage>(
        context, StatusCodes.Status404NotFound, new() { ["Frame"] = Frame(context, "Not found"), ["Reason"] = reason });

    private PageFrame Frame(HttpContext context, string title)
    {
        var (request, id) = (context.Request, events.Latest);
        var query = request.Query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? string.Empty));
        var times = new PageTimes(PageZone.Of(request), states.Now);
        return new(title, times, states.Look(context.Caller().Scope), id?.ToString(), request.Path.ToString(), [.. query]);
    }
}
