using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages;

/// <summary>Answers requests for the pages of incidents.</summary>
internal sealed class PageData(BoardMirror board, IncidentBooks books, PageFrames frames, ToldMirror told, RulesInForce rules)
{
    private readonly SharedPages shared = new();

    public async Task ListAsync(HttpContext context)
    {
        if (PageZone.Choose(context))
            return;
        var filter = IncidentFilter.Parse(context.Request.Query);
        var frame = frames.Of(context, "Incidents"); // First: changes that come meanwhile are told once more.
        var status = filter.Faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        var page = SharedKey(context, frame) is { } key ? await shared.GetAsync(key, WriteAsync) : await WriteAsync();
        await PageRenderer.WriteAsync(context, status, page);

        Task<WrittenPage> WriteAsync() => frames.Renderer.RenderAsync<IncidentsPage>(
            new() { ["Frame"] = frame, ["List"] = IncidentList.Of(books.Of(Visible(context)), filter) });
    }

    /// <summary>What the list depends on, but for the time. Null: it is for one reader only.</summary>
    private static string? SharedKey(HttpContext context, PageFrame frame) =>
        context.Caller().Scope.IsAll && frame is { Forms.Outcome: null, LoggedIn: null, EventId: { } id }
            ? string.Join('\n', [
                id, context.Request.QueryString.ToString(), frame.Times.ZoneName, frame.State.Level.ToString(), .. frame.State.Sentences])
            : null;

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
        var detail = IncidentDetail.Of(incident, visible, books.Of(visible)) with
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
