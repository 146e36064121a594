using System.Globalization;
using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The words and numbers in which people are told of incidents, wherever they are told.</summary>
public static class IncidentWords
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", Culture);

    /// <summary>A time without its year, for lines that follow one another.</summary>
    public static string ShortTime(DateTimeOffset time) => time.UtcDateTime.ToString("MM-dd HH:mm:ss", Culture);

    /// <summary>
    /// The subject of an incident: a title (<c>“Enlace” of 40213</c>), a whole property (<c>40213</c>), or the platform.
    /// </summary>
    public static string Subject(Incident incident) => (incident.VideoTitle ?? incident.VideoId) is { } title
        ? $"“{Printable(title)}” of {Property(incident)}"
        : Property(incident);

    /// <summary>The property of an incident. An incident of the platform has none.</summary>
    public static string Property(Incident incident) => Printable(incident.PropertyId ?? "platform");

    /// <summary>
    /// Makes a text of the stream safe to show: replaces characters that break lines, control the terminal, or change the direction of
    /// writing.
    /// </summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = IsCommand(source[i]) ? '\uFFFD' : source[i];
    });

    /// <summary>
    /// A text of at most so many UTF-16 units; what is cut off becomes <c>…</c>. Does not cut a character in two.
    /// </summary>
    public static string Cut(string text, int maximum)
    {
        if (text.Length <= maximum)
            return text;
        var length = maximum - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
    }

    public static string Percent(double rate) => rate.ToString(rate is > 0 and < 0.1 ? "0.00 %" : "0.0 %", Culture);

    public static string Count(long number) => number.ToString("N0", Culture);

    public static string Views(long number) => number == 1 ? "1 view" : $"{Count(number)} views";

    /// <summary>What is wrong, in a line: <c>“Enlace” of 40213: 86.0 %, The network was lost</c>.</summary>
    public static string Headline(Incident incident) =>
        $"{Subject(incident)}: {Percent(incident.MeasuredValue)}, {Printable(incident.ErrorDescription)}";

    /// <summary>The error rate, and from which rate on it is too much: <c>86.0 %, unusual from 5.00 %</c>.</summary>
    public static string Rate(Incident incident) => $"{Percent(incident.MeasuredValue)}, unusual from {Percent(incident.Threshold)}";

    /// <summary>How many views are affected: <c>1,234 views, 560 an hour</c>.</summary>
    public static string Affected(Incident incident) =>
        $"{Views(incident.AffectedViews)}, {Count((long)Math.Round(incident.AffectedViewsPerHour))} an hour";

    /// <summary>How long the incident has lasted.</summary>
    public static string Lasted(Incident incident) => Lasting((incident.ResolvedAt ?? incident.UpdatedAt) - incident.StartedAt);

    /// <summary>A time span in its two largest units: <c>2 d 3 h</c>, <c>14 min 5 s</c>.</summary>
    public static string Lasting(TimeSpan span) =>
        span.TotalDays >= 1 ? $"{(int)span.TotalDays} d {span.Hours} h"
        : span.TotalHours >= 1 ? $"{span.Hours} h {span.Minutes} min"
        : span.TotalMinutes >= 1 ? $"{span.Minutes} min {span.Seconds} s"
        : $"{span.Seconds} s";

    /// <summary>
    /// The slice of views that is the cause, or the best of several: <c>cdn=fastly and country=BR</c>. Null: none is known.
    /// </summary>
    public static string? Cause(Incident incident) =>
        incident is { ExplainedBy: ExplainedBy.Cause or ExplainedBy.OneOf, Explanations: [var best, ..] } ? Slice(best) : null;

    /// <summary>A slice of views: <c>cdn=fastly and country=BR</c>.</summary>
    public static string Slice(Explanation explanation) =>
        string.Join(" and ", explanation.Dimensions.Select(dimension => $"{dimension.Name}={Printable(dimension.Value)}"));

    /// <summary>
    /// What explains the incident: <c>cdn=fastly and country=BR: 71 % of the excess, 6.1 × normal</c>. Null: too little is known.
    /// </summary>
    public static string? Explained(Incident incident) => incident switch
    {
        { ExplainedBy: ExplainedBy.None } => "no slice of views stands out",
        { ExplainedBy: ExplainedBy.Cause, Explanations: [var best, ..] } => Explained(best),
        { ExplainedBy: ExplainedBy.OneOf, Explanations: [var best, var second, ..] } =>
            $"one of: {Explained(best)}; {Explained(second)}",
        { ExplainedBy: ExplainedBy.OneOf, Explanations: [var best] } => Explained(best),
        _ => null,
    };

    /// <summary>What a slice has to do with the failures: <c>cdn=fastly and country=BR: 71 % of the excess, 6.1 × normal</c>.</summary>
    public static string Explained(Explanation explanation) => string.Create(
        Culture, $"{Slice(explanation)}: {explanation.Share * 100:0} % of the excess, {Times(explanation.Lift)} × normal");

    /// <summary>How many times the normal rate, without a unit: <c>6.1</c>.</summary>
    public static string Times(double lift) => lift.ToString(lift < 10 ? "0.0" : "N0", Culture);

    /// <summary>Why an incident is told, where transition and severity do not say it.</summary>
    public static string? Why(Incident incident) => incident.Reason switch
    {
        null when incident.Flapping => $"flapping, re-opened {incident.Reopenings} times",
        IncidentReason.PartOfParent => "now part of a larger incident",
        IncidentReason.OutlivedParent => "goes on alone",
        IncidentReason.EndedWithParent => "with what it was part of",
        IncidentReason.AcceptedAsNormal => "normal from now on",
        IncidentReason.ClosedByHand => "by hand",
        IncidentReason.NoViews => "no views",
        IncidentReason.TooFewViews => "too few views to tell",
        IncidentReason.TooLittleImpact => "too little impact",
        IncidentReason.Acknowledged when incident.Acknowledgement is { } who => $"acknowledged by {Printable(who.By)}",
        IncidentReason.Silenced => "silenced",
        IncidentReason.SilenceEndsSoon => "its silence ends soon",
        IncidentReason.SilenceEnded => "a silence has ended",
        IncidentReason.CauseFound => "cause found",
        IncidentReason.CauseLost => "no slice stands out any more",
        _ => null,
    };

    private static bool IsCommand(char unit) =>
        char.IsControl(unit) || unit is (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
