using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Channels;

/// <summary>
/// A channel that tells people or programs of incidents. <c>NAME</c> is a name of your choice in small letters, digits and dashes, as in
/// <c>Channels:ops:Kind=slack</c>. Its notifications are remembered by that name.
/// </summary>
[OptionSection("Channels:NAME")]
internal sealed record ChannelOptions
{
    /// <summary>What the channel is. It says which of the options below the channel has.</summary>
    public ChannelKind Kind { get; init; }

    /// <summary>Less severe incidents are not told.</summary>
    public IncidentSeverity MinimumSeverity { get; init; }

    /// <summary>After so long, people are told again of what is open and not acknowledged. 0: they are not.</summary>
    [TimeRange("0s", "30d")]
    public TimeSpan ReminderInterval { get; init; }
}

/// <summary>Kinds of channels.</summary>
internal enum ChannelKind
{
    /// <summary>It is not said, and has to be.</summary>
    Unset,

    /// <summary>Messages in a channel of Slack.</summary>
    Slack,

    /// <summary>Alerts of PagerDuty, by its Events API v2.</summary>
    Pagerduty,

    /// <summary>Alerts of Prometheus' Alertmanager.</summary>
    Alertmanager,

    /// <summary>JSON to an address of your choice.</summary>
    Webhook,

    /// <summary>E-mail over SMTP.</summary>
    Mail,
}
