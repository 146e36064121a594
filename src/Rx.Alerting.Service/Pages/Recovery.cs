using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Says when an open incident is over. That its latest views fail no more than normal is not enough: it has to last.</summary>
internal static class Recovery
{
    /// <summary>Event time is looked at in parts of the calm time, from the first to the last.</summary>
    private const int ShortestPart = 6, LongestFactor = 2;

    /// <summary>What has to be said of an open incident whose rate looks as if it were over. Null: nothing.</summary>
    public static string? Note(Incident incident) => incident.Recovering ? "recovering, not over yet" : null;

    /// <summary>What has to happen until an open incident is over, in sentences.</summary>
    /// <param name="incident">An open one.</param>
    /// <param name="rules">Those in force.</param>
    public static string Ending(Incident incident, IncidentOptions rules) => incident switch
    {
        { Level: IncidentLevel.Platform } => "It is over when the last of its parts is.",
        { Inhibited: true } => "It closes with the incident that it is part of.",
        { Level: IncidentLevel.Title } => "It closes when the latest "
            + $"{IncidentWords.Views(Latest(incident, rules.TitleClosingViews))} fail no more than is normal, "
            + $"at {Looks(rules.TitleClosingEvaluations, 1)}.{ByTime(incident, rules)}",
        _ => "It closes when the latest "
            + $"{IncidentWords.Views(Latest(incident, rules.ClosingViews))} fail no more than is normal, "
            + $"at {Looks(rules.ClosingEvaluations, rules.ClosingStep)}. Fewer than "
            + $"{IncidentWords.Count(rules.SeveralTitles)} of its titles may still fail.{ByTime(incident, rules)}",
    };

    /// <summary>From when on the level may be taken as normal, if people were told so since it opened. Null: they were not.</summary>
    public static DateTimeOffset? NormalFrom(Incident incident)
    {
        var told = incident.Trail.LastOrDefault(entry => entry.Reason == IncidentReason.NormalSoon && entry.At >= incident.OpenedAt());
        return incident.Status == IncidentStatus.Open ? told?.At.AddHours(1) : null;
    }

    /// <summary>The window that opened the incident for the last time. Null: it is not known any more.</summary>
    public static TimelinePoint? Opening(Incident incident)
    {
        var at = incident.OpenedAt();
        return incident.Timeline.FirstOrDefault(point => point.At == at);
    }

    private static string ByTime(Incident incident, IncidentOptions rules)
    {
        var part = rules.CalmTime / ShortestPart;
        var longest = rules.CalmTime * LongestFactor;
        var calm = part * Math.Pow(2, Math.Min(incident.Reopenings, 10));
        var again = incident.Reopenings > 0
            ? $" As it has re-opened, that must last for at least {Words(calm < longest ? calm : longest)}."
            : string.Empty;
        return $" With few views, time decides: {Words(part)} to {Words(longest)} without more failures than normal.{again}";
    }

    /// <summary>Closing looks at least at as many views as opening did.</summary>
    private static long Latest(Incident incident, long views) => Math.Max(views, Opening(incident)?.Views ?? 0);

    /// <summary>Without a zero behind: <c>5 min</c>.</summary>
    private static string Words(TimeSpan span) =>
        IncidentWords.Lasting(span) is var said && said.LastIndexOf(" 0 ", StringComparison.Ordinal) is > 0 and var zero
            ? said[..zero]
            : said;

    private static string Looks(int number, long step) => number == 1
        ? "one check"
        : $"{IncidentWords.Count(number)} checks in a row, one every {(step == 1 ? "view" : IncidentWords.Views(step))}";
}
