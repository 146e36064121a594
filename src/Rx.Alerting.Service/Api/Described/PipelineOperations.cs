using System.Text.Json.Nodes;
using Rx.Alerting.Service.Pages.Pipelines;
using Rx.Alerting.Service.Pages.Telling;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>What the document says of pipelines and of notifications.</summary>
internal static class PipelineOperations
{
    private const string Pipelines = "Pipelines", Notifications = "Notifications";

    public static Operation ListPipelines { get; } = new("listPipelines", Pipelines, "Pipelines of the answering process")
    {
        Description = "What was counted and committed, what was not counted, and what channels do not have yet.",
        Answer = Operations.Example(ResourceExamples.Pipelines, ApiJson.Readable.PipelinesEnvelope),
        Problems = [ProblemKind.WrongParameters],
    };

    public static Operation ListPartitions { get; } = new("listPartitions", Pipelines, "Partitions of the answering process, in pages")
    {
        Description = "The one that holds event time, and those furthest behind, come first.",
        Parameters =
        [
            new("pipeline", "Those of one pipeline, by its whole name.", "kafka/views"),
            Status<PartitionState>(),
            Operations.Limit, Operations.Page, Operations.Format,
        ],
        Answer = Operations.Example(ResourceExamples.Partitions, ApiJson.Readable.PartitionsEnvelope),
        Problems = [ProblemKind.WrongParameters],
    };

    public static Operation ListNotifications { get; } = new("listNotifications", Notifications, "Who was told of what, in pages")
    {
        Description = "What is remembered: notifications of the latest incidents, and reasons why some were not told.",
        Parameters =
        [
            new("channel", "Those of one channel.", "ops"),
            new("incident_id", "Those that tell of one incident, alone or with others."),
            Status<NotificationFate>(),
            Operations.Limit, Operations.Page, Operations.Format,
        ],
        Answer = Operations.Example(ResourceExamples.Notifications, ApiJson.Readable.NotificationsEnvelope),
        Problems = [ProblemKind.WrongParameters],
    };

    public static Operation ListChannels { get; } = new("listChannels", Notifications, "Channels, and how they fare")
    {
        Answer = Operations.Example(ResourceExamples.Channels, ApiJson.Readable.ChannelsEnvelope),
        Problems = [ProblemKind.WrongParameters],
    };

    public static Operation RetryNotifications { get; } = ResourceOperations.Command(
        "retryNotifications",
        Notifications,
        "Try again what channels have given up, and what waits for its next attempt",
        new JsonObject { ["channel"] = "ops" },
        [new("channel", "One channel; all if it is missing.")],
        [],
        "retry-notifications");

    private static QueryParameter Status<T>()
        where T : struct, Enum => new("status", "May be repeated.")
        {
            Values = [.. Enum.GetValues<T>().Select(ApiNames.Of)],
            IsRepeated = true,
        };
}
