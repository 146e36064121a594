using System.Globalization;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Advice;

/// <summary>Finds probable faults of a stream as a whole, by the statistics of its pipeline.</summary>
internal static class StreamAdvice
{
    /// <summary>Fewer late or rejected records give no advice.</summary>
    private const long FewestBad = 3;

    /// <summary>If properties have fewer views on average, no property can be watched.</summary>
    private const double FewestViewsOfAProperty = 3;

    /// <summary>This share counts as “nearly every” view or error.</summary>
    private const double NearlyAll = 0.9;

    /// <summary>This share of views ahead of their arrival is more than chance.</summary>
    private const double Noticeable = 0.01;

    /// <summary>Advice about a stream that has been read to its end.</summary>
    public static IReadOnlyList<Advice> AtTheEnd(PipelineStatistics all) => Of(all, AdviceBounds.AtTheEnd);

    /// <summary>Advice about the part of a stream that was read between two statistics. Null if that part is too small.</summary>
    public static IReadOnlyList<Advice>? Between(PipelineStatistics before, PipelineStatistics now)
    {
        var since = now.Since(before);
        var enough = Math.Max(Records(since), since.DecidedViews) >= AdviceBounds.Live.Records;
        return enough ? Of(since, AdviceBounds.Live) : null;
    }

    private static List<Advice> Of(PipelineStatistics of, AdviceBounds bounds)
    {
        var advice = new List<Advice>();
        var records = Records(of);
        var rejected = Rejected(of);
        if (records >= bounds.Records && rejected >= Math.Max(FewestBad, records * bounds.RejectedShare))
            advice.Add(new(AdviceKind.Rejected,
                $"{IncidentWords.Count(rejected)} of {IncidentWords.Count(records)} records could not be read "
                + $"({RejectionWords.Counts(of.Rejected)}); "
                + "what is in them is in no rate. If only failures look so, an outage does not show"));
        var fewestLate = Math.Max(FewestBad, (of.Late + of.Views) * bounds.LateShare);
        if (records >= bounds.Records && of.Late >= fewestLate && of.LateByPartition is [var worst, ..])
            advice.Add(new(AdviceKind.Late, Late(of, worst, bounds == AdviceBounds.Live)));
        if (of.Fast is { } fast)
            advice.Add(new(AdviceKind.FastClock,
                $"{fast.Name} is {IncidentWords.Lasting(fast.Ahead)} ahead of the other partitions and of this machine's clock, "
                + "so its incidents are told that much later. Is a clock fast, or local time taken for UTC?"));
        if (of.Ahead >= bounds.Records && of.Ahead >= of.Views * Noticeable)
            advice.Add(new(AdviceKind.AheadOfArrival,
                $"{IncidentWords.Count(of.Ahead)} of {IncidentWords.Views(of.Views)} are further ahead of their arrival "
                + "than views may be out of order, so incidents in them are told later. The clock of whoever writes them is fast"));
        if (Keys(of, bounds) is { } keys)
            advice.Add(keys);
        advice.AddRange(KeyAdvice.Of(of));
        return advice;
    }

    /// <summary>
    /// Advice about keys that are too many for any key to be watched. Properties are judged first, then titles, then error types.
    /// </summary>
    private static Advice? Keys(PipelineStatistics of, AdviceBounds bounds)
    {
        var (views, inViews) = (of.DecidedViews, IncidentWords.Views(of.DecidedViews));
        if (views >= bounds.ViewsOfProperties && of.NewProperties * FewestViewsOfAProperty >= views)
            return new(AdviceKind.ManyProperties,
                $"{IncidentWords.Count(of.NewProperties)} properties in {inViews} are too many for any to be watched. "
                + "Is the property read from the right place? Lines of an access log have it as virtual host in front, or by --property");
        if (views >= bounds.ViewsOfTitles && of.NewTitles >= views * NearlyAll)
            return new(AdviceKind.ManyTitles,
                $"nearly every view has a title of its own ({IncidentWords.Count(of.NewTitles)} in {inViews}), "
                + "so only properties can be watched. Do titles contain what changes with each view, as a session's id?");
        if (of.Errors >= bounds.Records && of.NewErrorTypes >= of.Errors * NearlyAll)
            return new(AdviceKind.ManyErrorTypes,
                $"nearly every error has a type of its own ({IncidentWords.Count(of.NewErrorTypes)} in {IncidentWords.Count(of.Errors)}), "
                + "so none can be watched. Do types contain what changes with each error, as an id or a time?");
        return null;
    }

    private static string Late(PipelineStatistics of, LatePartition worst, bool live)
    {
        var what = $"{IncidentWords.Count(of.Late)} of {IncidentWords.Views(of.Late + of.Views)} came late and are not counted, "
            + $"most of them in {worst.Name}";
        if (worst.Descending >= worst.Views * NearlyAll)
        {
            var command = live ? string.Empty : $" (tac {worst.Name})";
            return $"{what}: the newest come first there. Give the oldest first{command}{OrWait(worst.FurthestBehind)}";
        }

        return $"{what}: they are up to {IncidentWords.Lasting(worst.FurthestBehind)} older than views before them, "
            + $"which moved its time to {IncidentWords.Time(worst.TimeStoodAt)}. "
            + (live
                ? "Is a clock ahead? Mend it; a restart takes event time back "
                    + "that is further ahead of this machine's clock than EventTime:MaximumLead"
                : "Is a clock ahead, or does a file hold several logs one behind the other? Take the views of that clock out, "
                    + "give each log as a file of its own, or ask for more witnesses by EventTime:ConfirmingViews")
            + OrWait(worst.FurthestBehind);
    }

    /// <summary>The lateness with which the views would have been counted. Empty if the option may not be set so high.</summary>
    private static string OrWait(TimeSpan behind) => behind < TimeSpan.FromDays(1)
        ? string.Create(CultureInfo.InvariantCulture, $", or wait for them by --lateness {Math.Floor(behind.TotalMinutes) + 1}m")
        : string.Empty;

    private static long Records(PipelineStatistics of) => of.Views + of.Late + Rejected(of);

    /// <summary>Rejected records without tombstones. A tombstone is intended, and tells nothing about other records.</summary>
    private static long Rejected(PipelineStatistics of) => of.Rejected.Sum() - of.Rejected[(int)RejectionReason.Tombstone];
}
