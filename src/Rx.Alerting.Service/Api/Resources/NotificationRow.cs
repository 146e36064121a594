using System.Text.Json.Serialization;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Pages.Telling;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>What a channel has told of incidents, or why not.</summary>
/// <param name="At">When, by the clock of the machine that told.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Status">
/// <c>told</c>, <c>failed</c> (it fails, or was given up), <c>waiting</c>, or <c>left</c> (it was not to be told).
/// </param>
/// <param name="Event">Why people were to be told, such as <c>opened</c> or <c>severity_raised</c>.</param>
/// <param name="Outcome">What has become of it, such as <c>delivered</c>, <c>silenced</c> or <c>given_up</c>. Null: it waits.</param>
/// <param name="Detail">What the receiver said, the silence, or the whole. Null: nothing, or not for the caller.</param>
/// <param name="Attempts">How many times it was tried.</param>
/// <param name="Repeats">How many times in a row it came out like this.</param>
/// <param name="IncidentIds">Which incidents were told together, as far as the caller may see them.</param>
internal sealed record NotificationRow(
    DateTimeOffset At,
    string Channel,
    string Status,
    string Event,
    string? Outcome,
    string? Detail,
    int Attempts,
    int Repeats,
    IReadOnlyList<string> IncidentIds)
{
    public static NotificationRow Of(Told told) => new(
        told.At,
        told.Channel,
        ApiNames.Of(NotificationFilter.FateOf(told)),
        ApiNames.Of(told.Event),
        told.Outcome is { } outcome ? ApiNames.Of(outcome) : null,
        told.Detail,
        told.Attempts,
        told.Repeats,
        told.Incidents);
}

/// <summary>A channel, and numbers of its notifications that are remembered.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Kind">Such as <c>slack</c>. Null: it is not configured any more.</param>
/// <param name="MinimumSeverity">Less severe incidents are not told.</param>
/// <param name="IsFailing">Whether something fails now, or was given up after the last one that was told.</param>
/// <param name="Told">What receivers have.</param>
/// <param name="Failed">What fails, or was given up.</param>
/// <param name="Waiting">What waits for its turn.</param>
/// <param name="Left">What was not to be told.</param>
/// <param name="LatestToldAt">By the clock. Null: nothing that is remembered.</param>
/// <param name="LatestFailure">Absent: nothing that is remembered has failed.</param>
internal sealed record ChannelRow(
    string Name,
    string? Kind,
    IncidentSeverity MinimumSeverity,
    bool IsFailing,
    int Told,
    int Failed,
    int Waiting,
    int Left,
    DateTimeOffset? LatestToldAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] NotificationRow? LatestFailure)
{
    public static ChannelRow Of(ChannelLine line) => new(
        line.Name,
        line.Kind,
        line.Least,
        line.Fails,
        line.Number(NotificationFate.Told),
        line.Number(NotificationFate.Failed),
        line.Number(NotificationFate.Waiting),
        line.Number(NotificationFate.Left),
        line.LatestTold,
        line.LatestFailure is { } failure ? NotificationRow.Of(failure) : null);
}

/// <summary>A page of notifications.</summary>
/// <param name="Data">The latest first.</param>
/// <param name="Timeframe">Times of the earliest and the latest of all pages, in seconds since the Unix epoch.</param>
/// <param name="TotalRowCount">Number of results on all pages.</param>
/// <param name="Notice">Why this may be old, for people. Absent: it is not.</param>
internal sealed record NotificationsEnvelope(
    IReadOnlyList<NotificationRow> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);

/// <summary>The channels.</summary>
/// <inheritdoc cref="NotificationsEnvelope"/>
internal sealed record ChannelsEnvelope(
    IReadOnlyList<ChannelRow> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);
