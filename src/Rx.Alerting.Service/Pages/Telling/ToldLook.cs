using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Pages.Telling;

/// <summary>What a reader may see of notifications, and the channels that tell them, for the page and for the API.</summary>
internal sealed class ToldLook(Settings settings)
{
    /// <summary>What tells of nothing that the reader may see is as if it were not there.</summary>
    public static IReadOnlyList<Told> Seen(IReadOnlyList<Told> all, VisibleIncidents visible)
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

    /// <summary>The channels, those that are configured first.</summary>
    /// <param name="told">What the reader may see.</param>
    public List<ChannelLine> Channels(IReadOnlyList<Told> told)
    {
        var byChannel = told.ToLookup(one => one.Channel, StringComparer.Ordinal);
        var configured = settings.Channels.All.OrderBy(channel => channel.Key, StringComparer.Ordinal).Select(channel => ChannelLine.Of(
            channel.Key, OptionText.Of(channel.Value.Common.Kind), channel.Value.Common.MinimumSeverity, [.. byChannel[channel.Key]]));
        var others = byChannel.Where(channel => !settings.Channels.All.ContainsKey(channel.Key))
            .OrderBy(channel => channel.Key, StringComparer.Ordinal)
            .Select(channel => ChannelLine.Of(channel.Key, null, IncidentSeverity.Warning, [.. channel]));
        return [.. configured, .. others];
    }
}
