using System.Text.Json.Serialization;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Why an incident changed. Numbers are kept in checkpoints: new reasons go to the end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentReason>))]
public enum IncidentReason
{
    /// <summary>It became an alert.</summary>
    [JsonStringEnumMemberName("severity_raised")] SeverityRaised,

    /// <summary>It is only a warning now.</summary>
    [JsonStringEnumMemberName("severity_lowered")] SeverityLowered,

    /// <summary>Twice as many views are affected as were told.</summary>
    [JsonStringEnumMemberName("affected_views_doubled")] AffectedViewsDoubled,

    /// <summary>The stream has ended, and more views are affected than were told.</summary>
    [JsonStringEnumMemberName("stream_ended")] StreamEnded,

    /// <summary>It is part of its property's incident, or of the platform's, from now on.</summary>
    [JsonStringEnumMemberName("part_of_parent")] PartOfParent,

    /// <summary>What it was part of is over, and it is not.</summary>
    [JsonStringEnumMemberName("outlived_parent")] OutlivedParent,

    /// <summary>Closed: no more views fail than is normal.</summary>
    [JsonStringEnumMemberName("calm")] Calm,

    /// <summary>Closed: what it was part of has ended.</summary>
    [JsonStringEnumMemberName("ended_with_parent")] EndedWithParent,

    /// <summary>Closed: its level has lasted so long that it is normal from now on.</summary>
    [JsonStringEnumMemberName("accepted_as_normal")] AcceptedAsNormal,

    /// <summary>Closed by a person.</summary>
    [JsonStringEnumMemberName("closed_by_hand")] ClosedByHand,

    /// <summary>Expired: there was no view, so nobody knows whether it is over.</summary>
    [JsonStringEnumMemberName("no_views")] NoViews,

    /// <summary>Expired: there were too few views to tell whether it is over.</summary>
    [JsonStringEnumMemberName("too_few_views")] TooFewViews,

    /// <summary>Expired: it affects fewer views an hour than are worth a person's time.</summary>
    [JsonStringEnumMemberName("too_little_impact")] TooLittleImpact,

    /// <summary>A person has taken it on.</summary>
    [JsonStringEnumMemberName("acknowledged")] Acknowledged,

    /// <summary>A silence keeps people from being told.</summary>
    [JsonStringEnumMemberName("silenced")] Silenced,

    /// <summary>The silence is about to end, and the incident is still open.</summary>
    [JsonStringEnumMemberName("silence_ends_soon")] SilenceEndsSoon,

    /// <summary>The silence has ended, and the incident is still open.</summary>
    [JsonStringEnumMemberName("silence_ended")] SilenceEnded,

    /// <summary>A slice of the views explains it, or another slice than was told.</summary>
    [JsonStringEnumMemberName("cause_found")] CauseFound,

    /// <summary>No slice stands out any more: what was told as the cause is not all.</summary>
    [JsonStringEnumMemberName("cause_lost")] CauseLost,

    /// <summary>It has lasted so long that its level is taken as normal in an hour, unless it rises.</summary>
    [JsonStringEnumMemberName("normal_soon")] NormalSoon,
}
