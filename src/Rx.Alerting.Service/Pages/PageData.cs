using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Pages;

/// <summary>Answers requests for the pages of incidents.</summary>
internal sealed class PageData(BoardMirror board, PageFrames frames, ToldMirror told, RulesInForce rules)
{
    public Task ListAsync(HttpContext context)
    {
        if (PageZone.Choose(context))
            return Task.CompletedTask;
        var filter = IncidentFilter.Parse(context.Request.Query);
        var frame = frames.Of(context, "Incidents"); // First: changes that come meanwhile are told once more.
        var list = IncidentList.Of(Visible(context).Snapshot(), filter);
        var status = filter.Faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return frames.Renderer.WriteAsync<IncidentsPage>(context, status, new() { ["Frame"] = frame, ["List"] = list });
    }

    public async Task IncidentAsync(HttpContext context, string id)
    {
        if (PageZone.Choose(context))
            return;
        var visible = Visible(context);
        if (visible.Find(id) is not { } incident)
        {
            await frames.MissingAsync(context, "There is no such incident, or it is not kept any more.");
            return;
        }

        var frame = frames.Of(context, $"{PageWords.Subject(incident)}: {PageWords.Failure(incident)}");
        var (said, problem) = await told.OfAsync(id, context.RequestAborted);
        var detail = IncidentDetail.Of(incident, visible.Snapshot(), visible.OfKey(incident.IncidentKey)) with
        {
            Told = visible.AreAll ? said : [.. said.Select(told => told.OfOneIncident(id))],
            ToldProblem = problem,
            Ending = incident.Status == IncidentStatus.Open ? Recovery.Ending(incident, rules.Incidents) : null,
            Channels = told.Channels,
        };
        await frames.Renderer.WriteAsync<IncidentPage>(context, StatusCodes.Status200OK, new() { ["Frame"] = frame, ["Detail"] = detail });
    }

    private VisibleIncidents Visible(HttpContext context) => new(board, context.Caller().Scope);
}
