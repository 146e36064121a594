using System.Globalization;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Advice;

/// <summary>Tells from its statistics what is probably wrong with a stream whose records all can be read.</summary>
internal static class StreamAdvice
{
    /// <summary>Of fewer records nothing is said: chance may do anything.</summary>
    private const long FewestRecords = 30;

    /// <summary>Titles are many by nature, so more views are needed before their number says something.</summary>
    private const long FewestViewsOfTitles = 1000;

    /// <summary>The begin of a stream shows each title for the first time, so a service waits longer.</summary>
    private const long FewestViewsOfTitlesLive = 100_000;

    /// <summary>A key of its own for so many views is “nearly every”.</summary>
    private const double NearlyAll = 0.9;

    /// <summary>So large a part of the views is no chance: late, or ahead of their arrival.</summary>
    private const double Noticeable = 0.01;

    /// <summary>A service has late views after each outage; a file should have none.</summary>
    private const double NoticeableLateLive = 0.05;

    /// <summary>Fewer late views are worth no word.</summary>
    private const long FewestLate = 3;

    /// <summary>Of a stream that has been read to its end.</summary>
    public static IReadOnlyList<Advice> AtTheEnd(PipelineStatistics all) =>
        [.. Time(all, live: false), .. Keys(all, FewestViewsOfTitles)];

    /// <summary>Of what a service has read between two looks; null: too little to tell.</summary>
    public static IReadOnlyList<Advice>? Between(PipelineStatistics before, PipelineStatistics now)
    {
        var since = now with
        {
            Views = now.Views - before.Views,
            Late = now.Late - before.Late,
            Ahead = now.Ahead - before.Ahead,
            DecidedViews = now.DecidedViews - before.DecidedViews,
            NewProperties = now.NewProperties - before.NewProperties,
            NewTitles = now.NewTitles - before.NewTitles,
        };
        return since.Views + since.Late < FewestRecords && since.DecidedViews < FewestRecords
            ? null
            : [.. Time(since, live: true), .. Keys(since, FewestViewsOfTitlesLive)];
    }

    private static IEnumerable<Advice> Time(PipelineStatistics of, bool live)
    {
        var records = of.Late + of.Views;
        if (records >= FewestRecords && of.Late >= Math.Max(FewestLate, records * (live ? NoticeableLateLive : Noticeable)) && of.LateByPartition is [var worst, ..])
            yield return new(AdviceKind.Late, Late(of, worst, live));
        if (of.Fast is { } fast)
            yield return new(AdviceKind.FastClock, $"{fast.Name} is {IncidentWords.Lasting(fast.Ahead)} ahead of the other partitions and of this machine's clock, so its incidents are told that much later. Is a clock fast, or local time taken for UTC?");
        if (of.Ahead >= FewestRecords && of.Ahead >= of.Views * Noticeable)
            yield return new(AdviceKind.AheadOfArrival, $"{IncidentWords.Count(of.Ahead)} of {IncidentWords.Views(of.Views)} are further ahead of their arrival than views may be out of order, so incidents in them are told later. The clock of whoever writes them is fast");
    }

    private static IEnumerable<Advice> Keys(PipelineStatistics of, long fewestViewsOfTitles)
    {
        var views = IncidentWords.Views(of.DecidedViews);
        if (of.DecidedViews >= FewestRecords && of.NewProperties >= of.DecidedViews * NearlyAll)
            yield return new(AdviceKind.PropertyOfItsOwn, $"nearly every view has a property of its own ({IncidentWords.Count(of.NewProperties)} in {views}), so none can be watched. Is it read from the right place? Lines of an access log have it as virtual host in front, or by --property");
        else if (of.DecidedViews >= fewestViewsOfTitles && of.NewTitles >= of.DecidedViews * NearlyAll)
            yield return new(AdviceKind.TitleOfItsOwn, $"nearly every view has a title of its own ({IncidentWords.Count(of.NewTitles)} in {views}), so only properties can be watched. Do titles contain what changes with each view, as a session's id?");
    }

    private static string Late(PipelineStatistics of, LatePartition worst, bool live)
    {
        var what = $"{IncidentWords.Count(of.Late)} of {IncidentWords.Views(of.Late + of.Views)} came late and are not counted, most of them in {worst.Name}";
        if (worst.Descending >= worst.Views * NearlyAll)
            return $"{what}: the newest come first there. Give the oldest first{(live ? string.Empty : $" (tac {worst.Name})")}{OrWait(worst.FurthestBehind)}";
        return $"{what}: they are up to {IncidentWords.Lasting(worst.FurthestBehind)} older than views before them, which moved its time to {IncidentWords.Time(worst.TimeStoodAt)}. "
            + (live
                ? "Is a clock ahead? Mend it; a restart sets event time back that is further ahead of this machine's clock than EventTime:MaximumLead"
                : "Is a clock ahead, or does a file hold several logs one behind the other? Take the views of that clock out, give each log as a file of its own, or ask for more witnesses by EventTime:ConfirmingViews")
            + OrWait(worst.FurthestBehind);
    }

    /// <summary>The bound that would have kept them, where it may be set so high.</summary>
    private static string OrWait(TimeSpan behind) => behind < TimeSpan.FromDays(1)
        ? string.Create(CultureInfo.InvariantCulture, $", or wait for them by --lateness {Math.Floor(behind.TotalMinutes) + 1}m")
        : string.Empty;
}
