namespace Rx.Alerting.Connectors.Files;

/// <summary>What to do when the file that a position is in is not there any more, and another one has its name.</summary>
public enum FollowOnGap
{
    /// <summary>Reading fails: a person decides.</summary>
    Fail,

    /// <summary>Reading goes on at the beginning of the file that has the name now; the gap is logged and counted.</summary>
    Skip,
}
