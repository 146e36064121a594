using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api;

/// <summary>The addresses at which incidents are read.</summary>
internal static class IncidentEndpoints
{
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/v1/incidents", ReadMethods.All, List);
        routes.MapMethods("/api/v1/incidents/{id}", ReadMethods.All, Get);
    }

    private static IResult List(HttpRequest request, BoardMirror board, PipelineStatus status, AnswerNotice notice)
    {
        if (IncidentQuery.Parse(request.Query, out var faults) is not { } query)
            return Results.ValidationProblem(faults, title: "Some parameters are wrong.");

        var incidents = query.IncidentKey is { } key ? board.OfKey(key) : board.Snapshot();
        var until = new[] { status.Reached, board.LatestUpdate }.Max();
        var from = incidents.Length == 0 ? until : incidents.Min(incident => incident.StartedAt);
        var (page, total) = query.Select(incidents);
        return Results.Json(new PageEnvelope(page, Timeframe(from, until), total, notice.Text), ApiJson.Readable.PageEnvelope);
    }

    private static IResult Get(string id, BoardMirror board, AnswerNotice notice)
    {
        if (board.Find(id) is { } incident)
        {
            var (others, total) = Occurrence.Others(incident, board.OfKey(incident.IncidentKey));
            var envelope = new ItemEnvelope(incident, Timeframe(incident.StartedAt, incident.UpdatedAt), others, total);
            return Results.Json(envelope, ApiJson.Readable.ItemEnvelope);
        }

        var notYet = notice.Text is { } text ? $", or not yet: {text}" : "";
        return Results.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "No such incident.",
            detail: $"There is no incident {id}, or not any more{notYet}.");
    }

    private static long[] Timeframe(DateTimeOffset? from, DateTimeOffset? to) =>
        [from?.ToUnixTimeSeconds() ?? 0, to?.ToUnixTimeSeconds() ?? 0];
}
