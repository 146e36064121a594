using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Pages.Telling;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>The addresses at which it is read who was told of what, and where it is tried again.</summary>
internal static class NotificationEndpoints
{
    private const string Retry = "retry-notifications";

    public static void MapNotifications(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("/api/v1");
        routes.MapMethods("/notifications", ReadMethods.All, ListAsync)
            .Describe<NotificationsEnvelope>(PipelineOperations.ListNotifications).Needs(AccessRole.Reader);
        routes.MapMethods("/channels", ReadMethods.All, ChannelsAsync)
            .Describe<ChannelsEnvelope>(PipelineOperations.ListChannels).Needs(AccessRole.Reader);
        routes.MapPost("/notifications/retry", (HttpContext context, ResourceCommands commands) => commands.SendAsync(context, Retry))
            .Describe<ControlReply>(PipelineOperations.RetryNotifications).Needs(CommandAccess.RoleOf(Retry));
    }

    private static async Task<IResult> ListAsync(HttpContext context, ToldMirror mirror, BoardMirror board)
    {
        var reader = new QueryReader(context.Request.Query, "channel", "status", "incident_id", "limit", "page", "format");
        var (channel, incident) = (reader.Text("channel", "the name of a channel"), reader.Text("incident_id", "the id of an incident"));
        var fates = reader.Several<NotificationFate>("status");
        var (limit, page) = reader.Paging();
        var isCsv = reader.IsCsv();
        if (reader.Faults.Count > 0)
            return Problem.Of(ProblemKind.WrongParameters, reader.Faults);

        var (all, problem) = await mirror.AllAsync(context.RequestAborted);
        var told = ToldLook.Seen(all, new(board, context.Caller().Scope))
            .Where(one => channel is null || one.Channel == channel)
            .Where(one => incident is null || one.Incidents.Contains(incident, StringComparer.Ordinal))
            .Where(one => fates.Count == 0 || fates.Contains(NotificationFilter.FateOf(one)))
            .OrderByDescending(one => one.At).ThenBy(one => one.Channel, StringComparer.Ordinal)
            .ThenBy(one => one.Incidents.FirstOrDefault(), StringComparer.Ordinal).ToList();
        if (isCsv)
            return Sheet(told.Select(NotificationRow.Of));
        var envelope = new NotificationsEnvelope(
            [.. Paged.Of(told, limit, page).Select(NotificationRow.Of)],
            Timeframe(told.Select(one => one.At)),
            told.Count,
            Notice(problem, context.Caller().Scope));
        return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.NotificationsEnvelope);
    }

    private static async Task<IResult> ChannelsAsync(HttpContext context, ToldMirror mirror, BoardMirror board, ToldLook look)
    {
        var reader = new QueryReader(context.Request.Query);
        if (reader.Faults.Count > 0)
            return Problem.Of(ProblemKind.WrongParameters, reader.Faults);
        var (all, problem) = await mirror.AllAsync(context.RequestAborted);
        var told = ToldLook.Seen(all, new(board, context.Caller().Scope));
        ChannelRow[] rows = [.. look.Channels(told).Select(ChannelRow.Of)];
        var envelope = new ChannelsEnvelope(
            rows, Timeframe(told.Select(one => one.At)), rows.Length, Notice(problem, context.Caller().Scope));
        return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.ChannelsEnvelope);
    }

    /// <summary>Problems of a store name files and hosts.</summary>
    private static string? Notice(string? problem, PropertyScope scope) =>
        problem is null ? null : scope.IsAll ? $"This may be old: {problem}" : "This may be old.";

    private static IResult Sheet(IEnumerable<NotificationRow> rows)
    {
        var table = new Csv("at", "channel", "status", "event", "outcome", "detail", "attempts", "repeats", "incident_ids");
        foreach (var row in rows)
        {
            table.Add(
                row.At,
                row.Channel,
                row.Status,
                row.Event,
                row.Outcome,
                row.Detail,
                row.Attempts,
                row.Repeats,
                string.Join(' ', row.IncidentIds));
        }

        return table.ToResult("notifications");
    }

    private static long[] Timeframe(IEnumerable<DateTimeOffset> times)
    {
        var known = times.Select(one => one.ToUnixTimeSeconds()).DefaultIfEmpty().ToList();
        return [known.Min(), known.Max()];
    }
}
