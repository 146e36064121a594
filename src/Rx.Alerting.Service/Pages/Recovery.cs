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
        { Inhibited: true } => "It is over when the incident is of which it is a part.",
        { Level: IncidentLevel.Title } =>
            $"It is over after {Checks(rules.TitleClosingEvaluations)} with no more failures than normal: "
            + "one at every view, of the latest "
            + $"{IncidentWords.Views(Latest(incident, rules.TitleClosingViews))}.{ByTime(incident, rules)}",
        _ => $"It is over after {Checks(rules.ClosingEvaluations)} with no more failures than normal: "
            + $"one at every {IncidentWords.Views(rules.ClosingStep)}, of the latest "
            + $"{IncidentWords.Views(Latest(incident, rules.ClosingViews))}; and when fewer than "
            + $"{IncidentWords.Count(rules.SeveralTitles)} of its titles fail.{ByTime(incident, rules)}",
    };

    /// <summary>The first point is the window that opened the incident.</summary>
    public static TimelinePoint? Opening(Incident incident) =>
        incident.Timeline.FirstOrDefault(point => point.At >= incident.StartedAt) ?? incident.Timeline.FirstOrDefault();

    private static string ByTime(Incident incident, IncidentOptions rules)
    {
        var part = rules.CalmTime / ShortestPart;
        var longest = rules.CalmTime * LongestFactor;
        var calm = part * Math.Pow(2, Math.Min(incident.Reopenings, 10));
        var again = incident.Reopenings > 0
            ? $" As it has re-opened, it must be calm for at least {Words(calm < longest ? calm : longest)}."
            : string.Empty;
        return $" Or when {Words(part)} to {Words(longest)} have no more failures than normal, "
            + $"and views enough to tell.{again}";
    }

    /// <summary>Closing looks at least at as many views as opening did.</summary>
    private static long Latest(Incident incident, long views) => Math.Max(views, Opening(incident)?.Views ?? 0);

    /// <summary>Without a zero behind: <c>5 min</c>.</summary>
    private static string Words(TimeSpan span) =>
        IncidentWords.Lasting(span) is var said && said.LastIndexOf(" 0 ", StringComparison.Ordinal) is > 0 and var zero
            ? said[..zero]
            : said;

    private static string Checks(int number) => number == 1 ? "one check" : $"{IncidentWords.Count(number)} checks in a row";
}
