using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api;

/// <summary>The addresses at which incidents are read.</summary>
internal static class IncidentEndpoints
{
    public static void MapIncidents(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("").Needs(AccessRole.Reader);
        routes.MapMethods("/api/v1/incidents", ReadMethods.All, List).Describe<PageEnvelope>(Operations.ListIncidents);
        routes.MapMethods("/api/v1/incidents/{id}", ReadMethods.All, Get).Describe<ItemEnvelope>(Operations.GetIncident);
    }

    private static IResult List(HttpRequest request, BoardMirror board, IncidentBooks books, PipelineStatus status, AnswerNotice notice)
    {
        if (IncidentQuery.Parse(request.Query, out var faults) is not { } query)
            return Problem.Of(ProblemKind.WrongParameters, faults);

        var visible = new VisibleIncidents(board, request.HttpContext.Caller().Scope);
        var incidents = query.IncidentKey is { } key ? new IncidentBook(visible.OfKey(key)) : books.Of(visible);
        var until = new[] { status.Reached, visible.LatestUpdate }.Max();
        var from = incidents.Earliest ?? until;
        if (query.IsCsv)
            return IncidentSheet.Of(query.SelectAll(incidents));
        var (page, total) = query.Select(incidents);
        var envelope = new PageEnvelope(page, Timeframe(from, until), total, notice.For(request.HttpContext.Caller().Scope));
        return TaggedAnswer.Of(
            request, envelope, envelope with { Data = [], Timeframe = [] }, ApiJson.Readable.PageEnvelope, page);
    }

    private static IResult Get(string id, HttpContext context, BoardMirror board, AnswerNotice notice)
    {
        if (new QueryReader(context.Request.Query).Faults is { Count: > 0 } unknown)
            return Problem.Of(ProblemKind.WrongParameters, unknown);
        var visible = new VisibleIncidents(board, context.Caller().Scope);
        if (visible.Find(id) is { } incident)
        {
            var (others, total) = Occurrence.Others(incident, visible.OfKey(incident.IncidentKey));
            var envelope = new ItemEnvelope(incident, Timeframe(incident.StartedAt, incident.UpdatedAt), others, total);
            return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.ItemEnvelope);
        }

        return NotFound(id, context, notice);
    }

    /// <summary>The answer where there is no such incident, or the caller may not see it.</summary>
    public static IResult NotFound(string id, HttpContext context, AnswerNotice notice)
    {
        var notYet = notice.For(context.Caller().Scope) is { } text ? $", or not yet: {text}" : "";
        return Problem.Of(ProblemKind.NoSuchIncident, $"There is no incident {id}, or not any more{notYet}.");
    }

    private static long[] Timeframe(DateTimeOffset? from, DateTimeOffset? to) =>
        [from?.ToUnixTimeSeconds() ?? 0, to?.ToUnixTimeSeconds() ?? 0];
}
