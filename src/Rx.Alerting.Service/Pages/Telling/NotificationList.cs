using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages.Telling;

/// <summary>What the page of notifications shows.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Channels">The channels, those that are configured first.</param>
/// <param name="Rows">The latest first; bounded.</param>
/// <param name="Total">How many match.</param>
/// <param name="Problem">Why all of this may be old, as a sentence. Null: it is not.</param>
public sealed record NotificationList(
    NotificationFilter Filter, IReadOnlyList<ChannelLine> Channels, IReadOnlyList<ToldLine> Rows, int Total, string? Problem);

/// <summary>A notification, and what it is about.</summary>
/// <param name="Told">What has become of it.</param>
/// <param name="Incidents">The incidents of which it tells, as far as they are kept, and the reader may see them.</param>
public sealed record ToldLine(Told Told, IReadOnlyList<Incident> Incidents);

/// <summary>A channel, and what is remembered of its notifications.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Kind">Such as <c>slack</c>. Null: it is not configured any more.</param>
/// <param name="Least">Less severe incidents are not told.</param>
/// <param name="Numbers">Notifications by what has become of them.</param>
/// <param name="LatestTold">When it has told something the last time. Null: nothing that is remembered.</param>
/// <param name="LatestFailure">What has failed the last time. Null: nothing that is remembered.</param>
public sealed record ChannelLine(
    string Name,
    string? Kind,
    IncidentSeverity Least,
    IReadOnlyDictionary<NotificationFate, int> Numbers,
    DateTimeOffset? LatestTold,
    Told? LatestFailure)
{
    /// <summary>What fails now, or was given up after the last one that was told: it needs somebody.</summary>
    public bool Fails => LatestFailure is { } failure && (failure.Outcome is null || !(LatestTold > failure.At));

    public int Number(NotificationFate fate) => Numbers.GetValueOrDefault(fate);

    /// <param name="name">The channel's name.</param>
    /// <param name="kind"><inheritdoc cref="ChannelLine" path="/param[@name='Kind']"/></param>
    /// <param name="least">Less severe incidents are not told.</param>
    /// <param name="told">Its notifications.</param>
    public static ChannelLine Of(string name, string? kind, IncidentSeverity least, IReadOnlyCollection<Told> told) => new(
        name,
        kind,
        least,
        told.CountBy(NotificationFilter.FateOf).ToDictionary(),
        told.Where(one => one.IsTold).Max(one => (DateTimeOffset?)one.At),
        told.Where(one => one.IsFailed).MaxBy(one => one.At));
}
