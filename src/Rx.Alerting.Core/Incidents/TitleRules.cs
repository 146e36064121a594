using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Titles of a failing property that go on to fail, though few among all of its views do.</summary>
/// <remarks>
/// A property's incident is not over while several of its titles fail: else each of them would soon be told on its own. An affected title
/// may have a view an hour, so affected titles are looked at together. Over one of some spans of time their views show that they fail more
/// than is normal, or enough views show that they do not.
/// </remarks>
internal sealed class TitleRules(IncidentOptions rules, BaselineOptions baseline)
{
    /// <summary>Titles without an incident that go on to fail.</summary>
    /// <param name="property">An open incident of their property.</param>
    /// <param name="observation">Its series.</param>
    /// <param name="now">Event time (ms since the Unix epoch).</param>
    /// <param name="sinceCalm">What affected titles did since the property is calm, as far as it is known.</param>
    public int Failing(OpenIncident property, in Observation observation, long now, AffectedCount sinceCalm) =>
        (Fail(sinceCalm, observation) ?? false)
            ? observation.AffectedTitlesSince(now - (long)rules.CalmTime.TotalMilliseconds, baseline)
            : 0;

    private bool FailLately(OpenIncident property, in Observation observation, long now)
    {
        foreach (var span in RecentViews.Spans)
        {
            if (Fail(property.Recent.Latest(now, span).Affected, observation) is { } fail)
                return fail;
        }

        return false;
    }

    /// <summary>Whether affected titles fail more than is normal. Null: too few views to tell.</summary>
    private bool? Fail(AffectedCount count, in Observation observation)
    {
        if (count.Views == 0)
            return null;
        var normal = count.NormalRate;
        if (BetaBinomial.UpperTail(count.Errors, count.Views, observation.Expected.WithMean(normal)) <= rules.ClosingProbability)
            return true;
        var failing = observation.Expected.WithMean((normal + Math.Max(normal, observation.Affected.Rate)) / 2);
        return 1 - BetaBinomial.UpperTail(count.Errors + 1, count.Views, failing) <= rules.ClosingProbability ? false : null;
    }
}
