using static Rx.Alerting.Service.Client.ApiColumn;

namespace Rx.Alerting.Service.Client;

/// <summary>What the command line asks the API of pipelines and notifications, and which columns it shows.</summary>
internal static class OperationQuestions
{
    public static ApiQuestion Pipelines { get; } = new(
        "list", "Show pipelines: how far they are, and what they have counted.", "/api/v1/pipelines", "  rx-alerting pipelines")
    {
        HasPages = false,
        Columns =
        [
            Of("pipeline", "name"),
            Of("status", "status"),
            Time("event time", "watermark"),
            Span("behind", "behind_seconds"),
            Count("views", "counts", "views"),
            Count("late", "counts", "late"),
            Count("rejected", "counts", "rejected"),
            Count("titles", "counts", "titles"),
            Count("open incidents", "counts", "open_incidents"),
            Count("commit", "commit", "id"),
            new("waiting to be told", one => string.Join(", ", All(one, "outbox")
                .Select(channel => $"{Plain(Find(channel, "channel"))} {Plain(Find(channel, "waiting"))}"))),
        ],
    };

    public static ApiQuestion Partitions { get; } = new(
        "partitions", "Show partitions, those furthest behind first.", "/api/v1/partitions", "  rx-alerting pipelines partitions")
    {
        Columns =
        [
            Of("partition", "partition"),
            Of("pipeline", "pipeline"),
            Of("status", "status"),
            Count("position", "position"),
            Count("lag (records)", "lag_records"),
            Count("lag (bytes)", "lag_bytes"),
            Span("behind", "lag_seconds"),
            Time("event time up to", "watermark"),
        ],
        Filters = [("pipeline", "--pipeline", "NAME", "Those of one pipeline."), ClientQuestions.Status],
    };

    public static ApiQuestion Notifications { get; } = new(
        "list",
        "Show who was told of what, and what was not told and why, the latest first.",
        "/api/v1/notifications",
        """
          rx-alerting notifications
          rx-alerting notifications list --status failed --channel ops
        """)
    {
        Columns =
        [
            Time("at", "at"),
            Of("channel", "channel"),
            Of("event", "event"),
            Of("status", "status"),
            Of("outcome", "outcome"),
            Of("why", "detail"),
            Count("attempts", "attempts"),
            Of("incidents", "incident_ids"),
        ],
        Filters =
        [
            ("channel", "--channel", "NAME", "Those of one channel."),
            ("incident_id", "--incident", "ID", "Those that tell of one incident, alone or with others."),
            ("status", "--status", "STATUS", "told, failed, waiting or left; may be repeated."),
        ],
    };

    public static ApiQuestion Channels { get; } = new(
        "channels", "Show channels, and how they fare.", "/api/v1/channels", "  rx-alerting notifications channels")
    {
        HasPages = false,
        Columns =
        [
            Of("channel", "name"),
            Of("kind", "kind"),
            Of("tells from", "minimum_severity"),
            Of("fails", "is_failing"),
            Count("told", "told"),
            Count("failed", "failed"),
            Count("waiting", "waiting"),
            Count("left", "left"),
            Time("latest told", "latest_told_at"),
        ],
    };
}
