using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>The addresses below an incident: what there is to read of it, and what somebody may decide about it.</summary>
internal static class IncidentPartEndpoints
{
    public static void MapIncidentParts(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("/api/v1/incidents/{id}");
        routes.MapMethods("/related", ReadMethods.All, Related)
            .Describe<RelatedEnvelope>(Operations.ListRelated).Needs(AccessRole.Reader);
        routes.MapMethods("/timeline", ReadMethods.All, Timeline)
            .Describe<TimelineEnvelope>(Operations.GetTimeline).Needs(AccessRole.Reader);
        routes.MapMethods("/explanation", ReadMethods.All, Explanation)
            .Describe<ExplanationEnvelope>(Operations.GetExplanation).Needs(AccessRole.Reader);
        Decide("acknowledge", Operations.AcknowledgeIncident);
        Decide("close", Operations.CloseIncident);

        void Decide(string type, Operation operation) => routes
            .MapPost(type, (string id, HttpContext context, ResourceCommands commands, BoardMirror board, AnswerNotice notice) =>
                DecideAsync(type, id, context, commands, board, notice))
            .Describe<ControlReply>(operation).Needs(CommandAccess.RoleOf(type));
    }

    private static IResult Related(string id, HttpContext context, BoardMirror board, AnswerNotice notice)
    {
        var reader = new QueryReader(context.Request.Query, "relation", "limit", "page");
        var relations = reader.Several<IncidentRelation>("relation");
        var (limit, page) = reader.Paging();
        return Answer(id, context, board, notice, reader, (incident, visible) =>
        {
            var all = RelatedIncident.Of(incident, visible.Snapshot());
            if (relations.Count > 0)
                all.RemoveAll(one => !relations.Contains(one.Relation));
            var envelope = new RelatedEnvelope(
                Paged.Of(all, limit, page),
                Timeframe(
                    all.Select(one => one.Incident.StartedAt).Append(incident.StartedAt).Min(),
                    all.Select(one => one.Incident.UpdatedAt).Append(incident.UpdatedAt).Max()),
                all.Count,
                notice.For(context.Caller().Scope));
            return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.RelatedEnvelope);
        });
    }

    private static IResult Timeline(string id, HttpContext context, BoardMirror board, AnswerNotice notice)
    {
        var reader = new QueryReader(context.Request.Query, "format");
        var isCsv = reader.IsCsv();
        return Answer(id, context, board, notice, reader, (incident, _) =>
        {
            TimelineRow[] rows = [.. incident.Timeline.Select(TimelineRow.Of)];
            if (isCsv)
            {
                var table = new Csv("at", "views", "errors", "error_rate");
                foreach (var row in rows)
                    table.Add(row.At, row.Views, row.Errors, row.ErrorRate);
                return table.ToResult($"timeline-{incident.Id}");
            }

            var envelope = new TimelineEnvelope(
                rows,
                Timeframe(incident.WindowStartedAt, incident.UpdatedAt),
                rows.Length,
                incident.Threshold,
                incident.ExpectedValue,
                incident.Trail);
            return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.TimelineEnvelope);
        });
    }

    private static IResult Explanation(string id, HttpContext context, BoardMirror board, AnswerNotice notice) =>
        Answer(id, context, board, notice, new(context.Request.Query), (incident, _) =>
        {
            var envelope = new ExplanationEnvelope(
                new(incident.ExplainedBy, incident.Explanations), Timeframe(incident.StartedAt, incident.UpdatedAt));
            return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.ExplanationEnvelope);
        });

    private static IResult Answer(
        string id,
        HttpContext context,
        BoardMirror board,
        AnswerNotice notice,
        QueryReader reader,
        Func<Incident, VisibleIncidents, IResult> answer)
    {
        var visible = new VisibleIncidents(board, context.Caller().Scope);
        if (visible.Find(id) is not { } incident)
            return IncidentEndpoints.NotFound(id, context, notice);
        return reader.Faults.Count > 0 ? Problem.Of(ProblemKind.WrongParameters, reader.Faults) : answer(incident, visible);
    }

    private static async Task<IResult> DecideAsync(
        string type, string id, HttpContext context, ResourceCommands commands, BoardMirror board, AnswerNotice notice)
    {
        // Whoever sees all may know of an incident that the board does not have yet.
        var scope = context.Caller().Scope;
        if (!scope.IsAll && new VisibleIncidents(board, scope).Find(id) is null)
            return IncidentEndpoints.NotFound(id, context, notice);
        return await commands.SendAsync(context, type, ("incident_id", id), refused: reasons =>
            !reasons.Contains($"no open incident {id}", StringComparison.Ordinal) ? null : board.Find(id) switch
            {
                null => IncidentEndpoints.NotFound(id, context, notice),
                { Status: IncidentStatus.Open } => Problem.Of(
                    ProblemKind.NoPipeline,
                    "No pipeline of this process has the incident. Nothing was done. Ask the process that has it, or use RabbitMQ."),
                _ => null,
            });
    }

    private static long[] Timeframe(DateTimeOffset from, DateTimeOffset to) => [from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds()];
}
