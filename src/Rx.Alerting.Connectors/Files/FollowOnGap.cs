namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// What to do when the file that a position is in is not there any more, and another one has its name; or when the file behind it is compressed in
/// a way that is not read.
/// </summary>
public enum FollowOnGap
{
    /// <summary>Reading fails: a person decides.</summary>
    Fail,

    /// <summary>Reading goes on at the beginning of the file that has the name now, or of the next one that can be read; the gap is logged and counted.</summary>
    Skip,
}
