using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>When an incident is over: by its latest views, by event time, or because its level is normal from now on.</summary>
/// <remarks>
/// By event time an incident is calm if, over one of some spans of time, both hold:
/// <list type="bullet">
/// <item>The errors are no more than normal: their upper tail is above <see cref="IncidentOptions.ClosingProbability"/>. The same holds
/// for all shorter spans.</item>
/// <item>The views suffice to tell: had they failed as the incident did, so few errors would be as unlikely.</item>
/// </list>
/// The more often an incident has re-opened, the longer the span has to be.
/// </remarks>
internal sealed class ClosingRules(IncidentOptions rules, BaselineOptions baseline, ShownRates rates, IncidentState state)
{
    /// <summary>Fewer errors do not show that something fails.</summary>
    private const long FewestErrors = 3;

    /// <summary>A rate that has become higher by less is a level.</summary>
    private const double LeastRise = 1.2;

    /// <summary>People are told so long before that a level may be taken as normal (ms).</summary>
    private const long NoticeOfNormal = 3_600_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(30), Longest = TimeSpan.FromHours(6);

    private readonly TitleRules titles = new(rules, baseline);

    /// <summary>Event time of a slot (ms).</summary>
    public long Slot { get; } = SlotOf(rules);

    public static long SlotOf(IncidentOptions rules) => (long)rules.CalmTime.TotalMilliseconds / 6;

    /// <summary>
    /// The latest views, if so many evaluations of them in a row were calm. What has re-opened must also have been calm for some time.
    /// </summary>
    public ShownRate? CalmByViews(OpenIncident incident, in Observation observation)
    {
        var (views, step, evaluations) = observation.IsTitle
            ? (rules.TitleClosingViews, 1, rules.TitleClosingEvaluations)
            : (rules.ClosingViews, rules.ClosingStep, rules.ClosingEvaluations);
        if (observation.Position - incident.EvaluatedPosition < step)
            return null;

        incident.EvaluatedPosition = observation.Position;
        var latest = observation.Window.Latest(Math.Max(views, incident.OpeningViews));
        var errors = latest.Errors - (state.HasFewTitles(incident) ? observation.Explained(latest.Views) : 0);
        var isCalm = BetaBinomial.UpperTail(errors, latest.Views, observation.Expected) > rules.ClosingProbability
            && (!IsWeak(incident) || CanTell(incident, observation, latest.Views, errors));
        incident.CalmEvaluations = isCalm ? incident.CalmEvaluations + 1 : 0;
        if (incident.CalmEvaluations <= 1)
            (incident.CalmSince, incident.CalmAffected) = (observation.At, observation.Affected);
        if (incident.CalmEvaluations < evaluations
            || (incident.Reopenings > 0 && observation.At - incident.CalmSince < CalmTime(incident.Reopenings)))
        {
            return null;
        }

        if (!TitlesGoOn(incident, observation, observation.At, observation.Affected.Minus(incident.CalmAffected)))
            return rates.Of(observation, latest);
        incident.CalmEvaluations = 0;
        return null;
    }

    /// <summary>
    /// Whether the level has lasted so long that it is normal. What comes and goes is no level, and has to last longer. What rises is no
    /// level either.
    /// </summary>
    public bool IsNormalNow(OpenIncident incident, in Observation observation)
    {
        var views = incident.Series.IsTitle ? baseline.TitleAcceptAfterViews : baseline.AcceptAfterViews;
        return observation.Position - incident.OpenedPosition >= views << Math.Min(incident.Reopenings, 10)
            && observation.At >= NormalAt(incident)
            && !incident.Timeline.HasRisen(observation.At - (long)baseline.AcceptAfterTime.TotalMilliseconds, observation.At, LeastRise);
    }

    /// <summary>When the level may be taken as normal, at the earliest (ms since the Unix epoch).</summary>
    public long NormalAt(OpenIncident incident) => incident.OpenedAt + (long)baseline.AcceptAfterTime.TotalMilliseconds;

    /// <summary>Whether people are to be told in this slot of event time that the level may be taken as normal soon.</summary>
    public bool IsNormalSoon(OpenIncident incident, long now) => NormalAt(incident) - NoticeOfNormal is var notice
        && notice > incident.OpenedAt && now >= notice && now - Slot < notice;

    /// <summary>The latest views, if no more of them fail than is normal, and they are enough to say so.</summary>
    public ShownRate? Calm(OpenIncident incident, in Observation observation, long now)
    {
        foreach (var span in RecentViews.Spans)
        {
            var (views, errors) = Latest(incident, now, span);
            if (views == 0)
                continue;
            if (BetaBinomial.UpperTail(errors, views, observation.Expected) <= rules.ClosingProbability)
                return null;
            if (span * Slot >= CalmTime(incident.Reopenings) && CanTell(incident, observation, views, errors))
            {
                var goesOn = TitlesGoOn(incident, observation, now, incident.Recent.Latest(now, span).Affected);
                return goesOn ? null : rates.Of(incident, observation, now, span);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a title goes on to fail. Its latest slot with a view tells; if that has too few views, so does as much time before it.
    /// </summary>
    public bool IsFailing(OpenIncident title, in Observation observation, long now)
    {
        foreach (var span in RecentViews.Spans)
        {
            var (views, errors) = Latest(title, now, span);
            if (views == 0)
                continue;
            if (errors >= FewestErrors && BetaBinomial.UpperTail(errors, views, observation.Expected) <= rules.ClosingProbability)
                return true;
            if (errors == 0 || CanTell(title, observation, views, errors))
                return false;
            (views, errors) = Latest(title, now, 2 * span);
            return errors > 1 && BetaBinomial.UpperTail(errors, views, observation.Expected) <= rules.ClosingProbability;
        }

        return false;
    }

    /// <summary>
    /// Why nobody can tell if it is over: no view has failed for long, and the views since do not tell. Null: one can tell.
    /// </summary>
    public IncidentReason? Unknown(OpenIncident incident, in Observation observation, long now)
    {
        var views = incident.Recent.Latest(now, RecentViews.Slots).Views;
        var silence = (long)rules.ExpireAfterSilence.TotalMilliseconds;
        var patience = Math.Min(Math.Max(RecentViews.Slots * Slot, incident.OpeningTime), silence);
        var isUnknown = now - incident.Failing.LatestAt >= patience && !CanTell(incident, observation, views, 0);
        return !isUnknown && now - incident.LastSeen < silence ? null
            : views == 0 ? IncidentReason.NoViews
            : IncidentReason.TooFewViews;
    }

    /// <summary>The least time for which an incident must be calm, after so many re-openings (ms).</summary>
    public long CalmTime(int reopenings) => Slot * Math.Min(1L << Math.Min(reopenings, 10), RecentViews.Slots);

    /// <summary>How long after its end an incident re-opens if the same breaks again (ms). Longest if it may not have been over.</summary>
    public long ReopenWithin(int reopenings, IncidentTransition end)
    {
        var longest = (long)LongestReopening(rules).TotalMilliseconds;
        return rules.ReopenWithin > TimeSpan.Zero || end == IncidentTransition.Expired
            ? longest
            : Math.Clamp(6 * CalmTime(reopenings), (long)Shortest.TotalMilliseconds, longest);
    }

    /// <summary>The longest time after its end in which an incident re-opens.</summary>
    public static TimeSpan LongestReopening(IncidentOptions rules) => rules.ReopenWithin > TimeSpan.Zero ? rules.ReopenWithin : Longest;

    /// <summary>Views and errors of the latest slots. A property without the titles that fail for themselves.</summary>
    private (long Views, long Errors) Latest(OpenIncident incident, long now, int span)
    {
        var (views, errors, explained, _) = incident.Recent.Latest(now, span);
        return (views, state.HasFewTitles(incident) ? errors - explained : errors);
    }

    /// <summary>Whether several titles of a property fail, though as a whole it is calm.</summary>
    private bool TitlesGoOn(OpenIncident incident, in Observation observation, long now, AffectedCount sinceCalm)
    {
        if (incident.Series.IsTitle || incident.IsOfTitle)
            return false;
        var failing = state.TitlesOf(incident.Series).Count(title => IsFailing(title, state.Observe(title), now));
        return failing + titles.Failing(incident, observation, now, sinceCalm) >= rules.SeveralTitles;
    }

    /// <summary>
    /// Whether an incident goes on at less than the rate that opened it: a burst made it, or few among all titles.
    /// </summary>
    private static bool IsWeak(OpenIncident incident) => !incident.Series.IsTitle && incident.Failing.Rate < incident.Threshold;

    /// <summary>Between the least that would be an anomaly and what the incident was. If that is less: between that and normal.</summary>
    private static double FailingRate(OpenIncident incident, double normal)
    {
        var rate = incident.Failing.Rate;
        return IsWeak(incident) ? (Math.Min(normal, rate) + rate) / 2 : (incident.Threshold + Math.Max(incident.Threshold, rate)) / 2;
    }

    private bool CanTell(OpenIncident incident, in Observation observation, long views, long errors)
    {
        var failing = observation.Expected.WithMean(FailingRate(incident, observation.Expected.Mean));
        return 1 - BetaBinomial.UpperTail(errors + 1, views, failing) <= rules.ClosingProbability;
    }
}
