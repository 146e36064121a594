using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Forms;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>The addresses of silences, or of maintenance windows, as the pipelines of this process have them.</summary>
/// <param name="path">Where they are.</param>
/// <param name="areRecurring">Whether they are maintenance windows.</param>
internal sealed class SilenceEndpoints(string path, bool areRecurring)
{
    public const string SilencesPath = "/api/v1/silences", WindowsPath = "/api/v1/maintenance-windows";

    private string Make => areRecurring ? "maintenance" : "silence";

    private string End => areRecurring ? "end-maintenance" : "unsilence";

    public static void Map(IEndpointRouteBuilder builder)
    {
        new SilenceEndpoints(SilencesPath, areRecurring: false).MapAll(builder, SilenceOperations.OfSilences);
        new SilenceEndpoints(WindowsPath, areRecurring: true).MapAll(builder, SilenceOperations.OfWindows);
    }

    private void MapAll(IEndpointRouteBuilder builder, SilenceOperations operations)
    {
        builder.MapMethods(path, ReadMethods.All, List).Describe<SilencesEnvelope>(operations.List).Needs(AccessRole.Reader);
        builder.MapMethods($"{path}/{{id}}", ReadMethods.All, Get).Describe<SilenceEnvelope>(operations.Get).Needs(AccessRole.Reader);
        builder.MapPost(path, CreateAsync)
            .Describe<ControlReply>(operations.Create, status: StatusCodes.Status201Created).Needs(CommandAccess.RoleOf(Make));
        builder.MapPost($"{path}/preview", PreviewAsync).Describe<PreviewEnvelope>(operations.Preview).Needs(CommandAccess.RoleOf(Make));
        builder.MapPost($"{path}/{{id}}/expire", ExpireAsync).Describe<ControlReply>(operations.Expire).Needs(CommandAccess.RoleOf(End));
    }

    private IResult List(HttpContext context, PipelineStatus status, RunningPipelines running)
    {
        var reader = new QueryReader(context.Request.Query, "status", "limit", "page", "format");
        var statuses = reader.Several<SilenceStatus>("status");
        var (limit, page) = reader.Paging();
        var isCsv = reader.IsCsv();
        if (reader.Faults.Count > 0)
            return Problem.Of(ProblemKind.WrongParameters, reader.Faults);
        if (Known(context, status) is not { } rows)
            return Unknown;
        if (statuses.Count > 0)
            rows.RemoveAll(row => !statuses.Contains(row.Status));
        if (isCsv)
            return Sheet(rows);
        var timeframe = rows.Count == 0
            ? [0, 0]
            : Timeframe(rows.Min(row => row.StartsAt), rows.Max(row => row.EndsAt));
        var envelope = new SilencesEnvelope(Paged.Of(rows, limit, page), timeframe, rows.Count, running.Notice);
        return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.SilencesEnvelope);
    }

    private IResult Get(string id, HttpContext context, PipelineStatus status)
    {
        if (new QueryReader(context.Request.Query).Faults is { Count: > 0 } unknown)
            return Problem.Of(ProblemKind.WrongParameters, unknown);
        if (Known(context, status) is not { } rows)
            return Unknown;
        if (rows.Find(row => row.Id == Named(id)) is not { } row)
            return NotFound(id);
        var envelope = new SilenceEnvelope(row, Timeframe(row.StartsAt, row.EndsAt));
        return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.SilenceEnvelope);
    }

    private Task<IResult> CreateAsync(HttpContext context, ResourceCommands commands) =>
        commands.SendAsync(context, Make, answer: reply =>
        {
            context.Response.Headers.Location = $"{context.Request.PathBase}{path}/{Uri.EscapeDataString(reply.CommandId!)}";
            context.Response.StatusCode = StatusCodes.Status201Created;
            return ResourceCommands.Done(reply);
        });

    private async Task<IResult> PreviewAsync(
        HttpContext context,
        CommandSender sender,
        UntimelySilences untimely,
        BoardMirror board,
        DataStates states,
        AnswerNotice notice,
        CancellationToken cancel)
    {
        if (new QueryReader(context.Request.Query).Faults is { Count: > 0 } unknown)
            return Problem.Of(ProblemKind.WrongParameters, unknown);
        var (body, unread) = await CommandBody.ReadAsync(context.Request, cancel);
        if (unread is not null)
            return unread;
        var given = new Dictionary<string, string>(StringComparer.Ordinal) { ["type"] = Make };
        if (sender.Understand(context, body, "preview", out var faults, given) is not { } request)
            return CommandSender.Wrong(faults);
        if (CommandAccess.Refuse(context, request, board) is { } refusal)
            return refusal;
        if (untimely.Reasons(request) is { Count: > 0 } reasons)
            return ResourceCommands.Refused(string.Join("; ", reasons));
        var (scope, now) = (context.Caller().Scope, states.Now);
        var muted = SilencePreview.Of(SilenceDraft.MatcherOf(request)!, new(board, scope), now);
        var until = now ?? DateTimeOffset.UnixEpoch;
        return Results.Json(
            new PreviewEnvelope(
                muted.Incidents,
                Timeframe(now is null ? until : until.AddDays(-SilencePreview.Days), until),
                muted.All,
                muted.Open,
                notice.For(scope)),
            ApiJson.Readable.PreviewEnvelope);
    }

    private async Task<IResult> ExpireAsync(string id, HttpContext context, ResourceCommands commands, PipelineStatus status)
    {
        var name = Named(id);
        return !context.Caller().Scope.IsAll && IsMissing()
            ? NotFound(id)
            : await commands.SendAsync(
                context, End, (areRecurring ? "maintenance_id" : "silence_id", name), refused: _ => IsMissing() ? NotFound(id) : null);

        bool IsMissing() => Known(context, status) is { } rows && rows.TrueForAll(row => row.Id != name);
    }

    /// <summary>Null: no pipeline runs here, so none is known. An empty list would say that there is none.</summary>
    private List<SilenceRow>? Known(HttpContext context, PipelineStatus status) =>
        SilenceList.Of([.. status.Latest.Values], context.Caller().Scope) is { IsKnown: true } list
            ? SilenceRow.Of(list, areRecurring) : null;

    private static IResult Unknown =>
        Problem.Of(ProblemKind.NotNow, "No pipeline runs in this process, so its silences are not known here.");

    private static IResult NotFound(string id) => Problem.Of(ProblemKind.NoSuchSilence, $"There is no {id}, or not any more.");

    /// <summary>Senders choose ids, so one may have a slash. It stays escaped in a path, as it would part it.</summary>
    private static string Named(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static IResult Sheet(List<SilenceRow> rows)
    {
        var table = new Csv(
            "id", "status", "by", "comment", "property", "title", "error_type", "starts_at", "ends_at", "cron", "time_zone", "duration",
            "until", "ended_at", "ended_by", "note");
        foreach (var row in rows)
        {
            table.Add(
                row.Id,
                ApiNames.Of(row.Status),
                row.By,
                row.Comment,
                row.Property,
                row.Title,
                row.ErrorType,
                row.StartsAt,
                row.EndsAt,
                row.Cron,
                row.TimeZone,
                row.Duration,
                row.Until,
                row.EndedAt,
                row.EndedBy,
                row.Note);
        }

        return table.ToResult("silences");
    }

    private static long[] Timeframe(DateTimeOffset from, DateTimeOffset to) => [from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds()];
}
