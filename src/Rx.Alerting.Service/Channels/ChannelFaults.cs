using System.Text.RegularExpressions;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Channels;

/// <summary>Checks channels and routes, which people name.</summary>
internal static partial class ChannelFaults
{
    public static IEnumerable<string> Of(string name, ChannelSettings channel)
    {
        if (!Name().IsMatch(name) || name is BoardChannel.ChannelName or ConsoleChannel.ChannelName)
        {
            yield return $"Channels:{name} is no name for a channel, must be small letters, digits and dashes, at most 64, "
                + $"and neither {BoardChannel.ChannelName} nor {ConsoleChannel.ChannelName}";
        }

        foreach (var fault in channel.Faults())
            yield return fault.Replace("Channels:NAME:", $"Channels:{name}:", StringComparison.Ordinal);
    }

    /// <param name="name">The route's name.</param>
    /// <param name="route">The route.</param>
    /// <param name="channels">Names of all channels.</param>
    public static IEnumerable<string> Of(string name, NotificationRouteOptions route, IReadOnlyCollection<string> channels)
    {
        foreach (var fault in OptionFaults.Of(route))
            yield return fault.Replace("Routes:NAME:", $"Routes:{name}:", StringComparison.Ordinal);
        foreach (var channel in route.Channels.Where(channel => channel != "*" && !channels.Contains(channel.ToLowerInvariant())))
            yield return $"Routes:{name}:{nameof(NotificationRouteOptions.Channels)} has {channel}, which is no channel";
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex Name();
}
