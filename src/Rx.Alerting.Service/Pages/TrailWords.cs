using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Lines of an audit trail in words.</summary>
internal static class TrailWords
{
    public static string Of(TrailEntry entry) => entry.Reason switch
    {
        IncidentReason.SeverityRaised => "became an alert",
        IncidentReason.SeverityLowered => "became a warning",
        IncidentReason.AffectedViewsDoubled => "twice as many views impacted",
        IncidentReason.StreamEnded => "the stream ended",
        IncidentReason.PartOfParent => "became part of a larger incident",
        IncidentReason.OutlivedParent => "went on alone, as what it was part of is over",
        IncidentReason.Calm => "closed: no more views fail than is normal",
        IncidentReason.EndedWithParent => "closed with what it was part of",
        IncidentReason.AcceptedAsNormal => "closed: this level is normal from now on",
        IncidentReason.ClosedByHand => "closed",
        IncidentReason.NoViews => "expired: no views",
        IncidentReason.TooFewViews => "expired: too few views to tell whether it is over",
        IncidentReason.TooLittleImpact => "expired: too little impact",
        IncidentReason.Acknowledged => "acknowledged",
        IncidentReason.Silenced => "silenced",
        IncidentReason.SilenceEndsSoon => "the silence ends soon, and it is still open",
        IncidentReason.SilenceEnded => "the silence ended, and it is still open",
        IncidentReason.CauseFound => "cause found",
        IncidentReason.CauseLost => "no slice stands out any more",
        IncidentReason.NormalSoon => "taken as normal in an hour, unless it rises",
        _ => entry.Transition switch
        {
            IncidentTransition.Opened => "opened",
            IncidentTransition.Reopened => "re-opened",
            IncidentTransition.Closed => "closed",
            IncidentTransition.Expired => "expired",
            _ => "changed",
        },
    };
}
