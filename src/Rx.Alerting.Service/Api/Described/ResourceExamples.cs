using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Api.Resources;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>Answers about what is below an incident, and beside incidents.</summary>
internal static class ResourceExamples
{
    private const string PropertyName = ApiExamples.PropertyName;

    private static readonly DateTimeOffset At = ApiExamples.At;

    private static readonly Incident Found = ApiExamples.Incident;

    private static readonly NotificationRow Notification =
        new(At, "ops", "told", "opened", "delivered", null, 1, 1, [Found.Id]);

    public static RelatedEnvelope Related { get; } =
        new([new(IncidentRelation.Occurrence, Found with { Id = "90c1be77", Timeline = [] })], ApiExamples.Timeframe, 1, null);

    public static TimelineEnvelope Timeline { get; } = new(
        [.. Found.Timeline.Select(TimelineRow.Of)],
        [Found.WindowStartedAt.ToUnixTimeSeconds(), At.ToUnixTimeSeconds()],
        Found.Timeline.Count,
        Found.Threshold,
        Found.ExpectedValue,
        [new(Found.StartedAt, IncidentTransition.Opened)]);

    public static ExplanationEnvelope Explanation { get; } = new(
        new(ExplainedBy.Cause, [new()
        {
            Dimensions = [new("cdn", "cdn-a")],
            Share = 0.93,
            ErrorRate = 0.61,
            NormalRate = 0.011,
            Lift = 55,
            AffectedViews = 199,
            Views = 326,
        }]),
        ApiExamples.Timeframe);

    public static SilenceRow Silence { get; } = new(
        "7f3e", SilenceStatus.Active, "ann", "CDN moves", PropertyName, null, null, At, At.AddHours(2));

    public static SilenceRow Window { get; } = new(
        "7f41", SilenceStatus.Pending, "ann", "Releases", PropertyName, null, null, At.AddDays(6), At.AddDays(6).AddMinutes(90))
    {
        Cron = "0 3 * * SUN",
        TimeZone = "Europe/Berlin",
        Duration = "90m",
    };

    public static PreviewEnvelope Muted { get; } =
        new([Found], [At.AddDays(-7).ToUnixTimeSeconds(), At.ToUnixTimeSeconds()], 1, 1, null);

    public static PipelinesEnvelope Pipelines { get; } = new(
        [
            new("kafka/views", "reading", At, 4.2, new(1204, At, 0.021, 0.0012, null))
            {
                Counts = new(1_204_377, 9311, 12, 3, 42, 9120, 2),
                NotCounted = [new("late", 12, 2, [new("views-3", At, At.AddMinutes(-20), "{\"property_id\":\"shop-eu\",…")])],
                Outbox = [new("ops", 1, 311, At, 2, At.AddSeconds(8), 0, "no connection")],
            },
        ],
        [At.ToUnixTimeSeconds(), At.ToUnixTimeSeconds()],
        1,
        null);

    public static PartitionsEnvelope Partitions { get; } = new(
        [new("views-3", "kafka/views", "reading", At, 0.4, 88_120, 3, null)], [At.ToUnixTimeSeconds(), At.ToUnixTimeSeconds()], 1, null);

    public static NotificationsEnvelope Notifications { get; } =
        new([Notification], [At.ToUnixTimeSeconds(), At.ToUnixTimeSeconds()], 1, null);

    public static ChannelsEnvelope Channels { get; } = new(
        [new("ops", "slack", IncidentSeverity.Warning, false, 12, 0, 0, 3, At, null)],
        [At.ToUnixTimeSeconds(), At.ToUnixTimeSeconds()],
        1,
        null);

    public static long[] TimeframeOf(SilenceRow silence) =>
        [silence.StartsAt.ToUnixTimeSeconds(), silence.EndsAt.ToUnixTimeSeconds()];
}
