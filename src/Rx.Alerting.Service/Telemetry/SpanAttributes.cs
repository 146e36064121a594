using System.Text.Json;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>Names of attributes: those of OpenTelemetry's conventions where there are some, else below <c>rx_alerting</c>.</summary>
internal static class SpanAttributes
{
    public const string ErrorType = "error.type";
    public const string ExceptionType = "exception.type";
    public const string ExceptionMessage = "exception.message";
    public const string StoreSystem = "db.system.name";
    public const string StoreOperation = "db.operation.name";
    public const string MessagingSystem = "messaging.system";
    public const string MessagingOperation = "messaging.operation.name";
    public const string MessagingOperationType = "messaging.operation.type";
    public const string MessagingDestination = "messaging.destination.name";
    public const string MessagingBatch = "messaging.batch.message_count";

    public const string Pipeline = "rx_alerting.pipeline";
    public const string Outcome = "rx_alerting.outcome";
    public const string Attempts = "rx_alerting.attempts";
    public const string CommitId = "rx_alerting.commit.id";
    public const string CommitEntries = "rx_alerting.commit.entries";
    public const string CommitBytes = "rx_alerting.commit.bytes";
    public const string CommitPause = "rx_alerting.commit.pause";
    public const string CommitChanges = "rx_alerting.commit.changes";
    public const string Channel = "rx_alerting.channel";
    public const string Incident = "rx_alerting.incident.id";
    public const string NotificationEvent = "rx_alerting.notification.event";
    public const string NotificationLatency = "rx_alerting.notification.latency";
    public const string CommandId = "rx_alerting.command.id";
    public const string CommandType = "rx_alerting.command.type";
    public const string CommandPipelines = "rx_alerting.command.pipelines";

    /// <summary>What this program is as a system of messaging: its own outbox.</summary>
    public const string System = "rx_alerting";

    public static KeyValuePair<string, object?> With(this string name, object? value) => KeyValuePair.Create(name, value);

    /// <summary>A failure as <c>error.type</c> has it: what is wrong with the store, else the type of the exception.</summary>
    public static string TypeOf(Exception? problem) => problem is CheckpointStoreException store
        ? JsonNamingPolicy.SnakeCaseLower.ConvertName(store.Problem.ToString())
        : problem?.GetType().FullName ?? "_OTHER";

    public static SpanError ErrorOf(Exception? problem) =>
        new(TypeOf(problem), (problem as CheckpointStoreException)?.What ?? problem?.Message);
}
