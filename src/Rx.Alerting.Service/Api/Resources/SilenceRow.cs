using System.Text.Json.Serialization;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Forms;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>How far a silence has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SilenceStatus>))]
internal enum SilenceStatus
{
    /// <summary>It has yet to begin.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>It is in force.</summary>
    [JsonStringEnumMemberName("active")] Active,

    /// <summary>It has ended.</summary>
    [JsonStringEnumMemberName("expired")] Expired,
}

/// <summary>A silence, or maintenance windows: then the times are those of the current window, or of the next one.</summary>
/// <param name="Id">Of the command that has made it.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="By">Who has made it.</param>
/// <param name="Comment">Why.</param>
/// <param name="Property">A pattern for properties. Null: all.</param>
/// <param name="Title">A pattern for ids or texts of titles. Null: all.</param>
/// <param name="ErrorType">A pattern for error types. Null: all.</param>
/// <param name="StartsAt">Event time.</param>
/// <param name="EndsAt">Event time.</param>
internal sealed record SilenceRow(
    string Id,
    SilenceStatus Status,
    string By,
    string Comment,
    string? Property,
    string? Title,
    string? ErrorType,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt)
{
    /// <summary>When each window starts. Absent: it is no maintenance window.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cron { get; init; }

    /// <summary>The zone of <c>cron</c>. Absent: it is no maintenance window.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TimeZone { get; init; }

    /// <summary>Of a window, as in <c>90m</c>. Absent: it is no maintenance window.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Duration { get; init; }

    /// <summary>After that, no window starts. Absent: the windows go on, or it is no maintenance window.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it has ended, in event time. Absent: it has not, or before the first view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who has ended it. Absent: nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EndedBy { get; init; }

    /// <summary>What that person said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Those of one kind: in force, then to come, then ended.</summary>
    public static List<SilenceRow> Of(SilenceList list, bool areRecurring)
    {
        return
        [
            .. list.Active.Where(IsOne).Select(one => Of(one, SilenceStatus.Active)),
            .. list.Coming.Where(IsOne).Select(one => Of(one, SilenceStatus.Pending)),
            .. list.Ended.Where(one => IsOne(one.Silence)).Select(one =>
                Of(one.Silence, SilenceStatus.Expired) with { EndedAt = one.At, EndedBy = one.By, Note = one.Note }),
        ];

        bool IsOne(SilenceSummary silence) => silence.Windows is not null == areRecurring;
    }

    private static SilenceRow Of(SilenceSummary silence, SilenceStatus status) => new(
        silence.Id,
        status,
        silence.By,
        silence.Comment,
        silence.Matcher.Property,
        silence.Matcher.Title,
        silence.Matcher.ErrorType,
        silence.StartsAt,
        silence.EndsAt)
    {
        Cron = silence.Windows?.Cron,
        TimeZone = silence.Windows?.TimeZone,
        Duration = silence.Windows is { } windows ? Core.Options.Duration.Format(windows.Duration) : null,
        Until = silence.Windows?.Until,
    };
}

/// <summary>A page of silences, or of maintenance windows.</summary>
/// <inheritdoc cref="PageEnvelope"/>
internal sealed record SilencesEnvelope(
    IReadOnlyList<SilenceRow> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);

/// <summary>One silence, or maintenance windows.</summary>
/// <param name="Data">The silence.</param>
/// <param name="Timeframe">Its begin and its end, in seconds since the Unix epoch.</param>
internal sealed record SilenceEnvelope(SilenceRow Data, long[] Timeframe);

/// <summary>The incidents that a silence would have muted, had it been there.</summary>
/// <param name="Data">The latest first; at most 50 of them.</param>
/// <param name="Timeframe">The days that were looked at, in seconds since the Unix epoch.</param>
/// <param name="TotalRowCount">Number of all of them.</param>
/// <param name="OpenRowCount">Number of those that are open: they would be silenced now.</param>
/// <param name="Notice">Why incidents may be missing right now, for people. Absent if none are missing.</param>
internal sealed record PreviewEnvelope(
    IReadOnlyList<Incident> Data,
    long[] Timeframe,
    int TotalRowCount,
    int OpenRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);
