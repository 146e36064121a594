using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Dumps;

namespace Rx.Alerting.Service.Control;

/// <summary>What has become of a command. From the best to the worst.</summary>
internal enum ReplyStatus
{
    /// <summary>It has taken effect, and that is committed.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>There was nothing to do.</summary>
    [JsonStringEnumMemberName("already_so")]
    AlreadySo,

    /// <summary>It has no effect. The reason says why.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>It takes long, and goes on. The reason says how far it is: ask again with the same id.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It is not known to be committed. It may take effect, or have done so: send it again with the same id.</summary>
    [JsonStringEnumMemberName("unconfirmed")]
    Unconfirmed,

    /// <summary>The message could not be understood. The faults say why.</summary>
    [JsonStringEnumMemberName("invalid")]
    Invalid,
}

/// <summary>The answer of one process to a control message.</summary>
/// <param name="CommandId">The message's id. Null: it had none.</param>
/// <param name="Type">The message's type. Null: it was not understood.</param>
/// <param name="Replica">The machine that answers.</param>
/// <param name="Status">Of all pipelines together.</param>
/// <param name="Reason">A sentence for people. Null if there is nothing to say.</param>
/// <param name="Pipelines">The answer of each pipeline of the process.</param>
internal sealed record ControlReply(
    string? CommandId, string? Type, string Replica, ReplyStatus Status, string? Reason, IReadOnlyList<PipelineReply> Pipelines)
{
    /// <summary>What was wrong with the message, each a sentence; null: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Faults { get; init; }

    /// <summary>The status of several answers together.</summary>
    /// <param name="statuses">Of the answers.</param>
    /// <param name="isForOne">Whether it is enough if one of them has done it.</param>
    public static ReplyStatus Merge(IReadOnlyCollection<ReplyStatus> statuses, bool isForOne) =>
        statuses.Count == 0 ? ReplyStatus.Unconfirmed
        : isForOne && statuses.Min() <= ReplyStatus.AlreadySo ? statuses.Min()
        : statuses.Max();
}

/// <summary>The answer of one pipeline.</summary>
/// <param name="Pipeline">Its name in the store.</param>
/// <param name="Status">What has become of the command.</param>
/// <param name="Reason">A sentence for people. Null if there is nothing to say.</param>
/// <param name="At">The event time at which the command was decided. Null: before the first view.</param>
internal sealed record PipelineReply(string Pipeline, ReplyStatus Status, string? Reason, DateTimeOffset? At)
{
    /// <summary>Of <c>checkpoint</c>: the number of the commit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Commit { get; init; }

    /// <summary>Of dumps: where the rows are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DumpReply? Dump { get; init; }

    /// <summary>Of <c>status</c>: what the pipeline has counted; null: it has yet to be restored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PipelineCounts? Counts { get; init; }

    /// <summary>Of <c>status</c>: who has the pipeline rest; null: it does not rest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PauseReply? Paused { get; init; }

    /// <summary>Of <c>status</c>: the options that were set while the pipeline ran; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OptionReply>? Options { get; init; }
}

/// <summary>Who has a pipeline rest, why, and since when in event time.</summary>
internal sealed record PauseReply(string By, string? Comment, DateTimeOffset? At);

/// <summary>An option that was set while the pipeline ran.</summary>
internal sealed record OptionReply(
    string Option, string Value, string Configured, long Version, string By, string? Comment, DateTimeOffset? At)
{
    /// <summary>Null: there are none.</summary>
    public static IReadOnlyList<OptionReply>? Of(IReadOnlyList<AdjustedOption> options) => options.Count == 0 ? null :
    [
        .. options.Select(option => new OptionReply(
            option.Key, option.Value, option.Configured, option.Version, option.By, option.Comment, option.At)),
    ];
}

/// <summary>What a pipeline has counted.</summary>
internal sealed record PipelineCounts(
    DateTimeOffset? Watermark, long Views, long Errors, long Late, long Rejected, int Properties, int Titles, int OpenIncidents)
{
    public static PipelineCounts Of(PipelineStatistics statistics) => new(
        statistics.Watermark,
        statistics.Views,
        statistics.Errors,
        statistics.Late,
        statistics.Rejected.Sum(),
        statistics.Properties,
        statistics.Titles,
        statistics.OpenIncidents);
}

/// <summary>How replies are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ControlReply))]
internal sealed partial class ControlJson : JsonSerializerContext
{
    public static ControlJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<ReplyStatus>() },
    });

    public static byte[] Write(ControlReply reply) => JsonSerializer.SerializeToUtf8Bytes(reply, Readable.ControlReply);

    /// <summary>Null if it is no reply.</summary>
    public static ControlReply? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reply = JsonSerializer.Deserialize(json, Readable.ControlReply);
            return reply is { Pipelines: not null, Replica: not null } ? reply : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
