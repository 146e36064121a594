using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Pages.Telling;

/// <summary>Answers requests for the page of notifications.</summary>
internal sealed class NotificationPages(PageFrames frames, ToldMirror mirror, BoardMirror board, Settings settings)
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
        var seen = Seen(all, visible);
        var matching = seen.Where(filter.Matches).OrderByDescending(told => told.At).ToList();
        var rows = matching.Take(NotificationFilter.Most).Select(told => Line(told, visible));
        return new(filter, Channels(seen), [.. rows], matching.Count, problem);
    }

    /// <summary>What tells of nothing that the reader may see is as if it were not there.</summary>
    private static IReadOnlyList<Told> Seen(IReadOnlyList<Told> all, VisibleIncidents visible)
    {
        if (visible.AreAll)
            return all;
        var ids = visible.Snapshot().Select(incident => incident.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from told in all
               let own = told.Incidents.Where(ids.Contains).ToList()
               where own.Count > 0
               select told with { Incidents = own, Detail = null },
        ];
    }

    private List<ChannelLine> Channels(IReadOnlyList<Told> told)
    {
        var byChannel = told.ToLookup(one => one.Channel, StringComparer.Ordinal);
        var configured = settings.Channels.All.OrderBy(channel => channel.Key, StringComparer.Ordinal).Select(channel => ChannelLine.Of(
            channel.Key, OptionText.Of(channel.Value.Common.Kind), channel.Value.Common.MinimumSeverity, [.. byChannel[channel.Key]]));
        var others = byChannel.Where(channel => !settings.Channels.All.ContainsKey(channel.Key))
            .OrderBy(channel => channel.Key, StringComparer.Ordinal)
            .Select(channel => ChannelLine.Of(channel.Key, null, IncidentSeverity.Warning, [.. channel]));
        return [.. configured, .. others];
    }

    private static ToldLine Line(Told told, VisibleIncidents visible) =>
        new(told, [.. told.Incidents.Select(visible.Find).OfType<Incident>()]);
}
