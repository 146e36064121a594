using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Pages.Telling;

/// <summary>Answers requests for the page of notifications.</summary>
internal sealed class NotificationPages(PageFrames frames, ToldMirror mirror, BoardMirror board, ToldLook look)
{
    public async Task ListAsync(HttpContext context)
    {
        if (PageZone.Choose(context))
            return;
        var filter = NotificationFilter.Parse(context.Request.Query);
        var frame = frames.Of(context, "Notifications") with { RefreshSeconds = 10 };
        var (all, problem) = await mirror.AllAsync(context.RequestAborted);
        var list = List(all, filter, problem, new(board, context.Caller().Scope));
        var status = filter.Faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        await frames.Renderer.WriteAsync<NotificationsPage>(context, status, new() { ["Frame"] = frame, ["List"] = list });
    }

    private NotificationList List(IReadOnlyList<Told> all, NotificationFilter filter, string? problem, VisibleIncidents visible)
    {
        var seen = ToldLook.Seen(all, visible);
        var matching = seen.Where(filter.Matches).OrderByDescending(told => told.At).ToList();
        var rows = matching.Take(NotificationFilter.Most).Select(told => Line(told, visible));
        return new(filter, look.Channels(seen), [.. rows], matching.Count, problem);
    }

    private static ToldLine Line(Told told, VisibleIncidents visible) =>
        new(told, [.. told.Incidents.Select(visible.Find).OfType<Incident>()]);
}
