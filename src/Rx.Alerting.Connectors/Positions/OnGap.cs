namespace Rx.Alerting.Connectors.Positions;

/// <summary>
/// What to do when the records behind a position are gone: retention has passed them, a topic or stream was made anew, or a log's file
/// was replaced or is compressed in a way that cannot be read.
/// </summary>
public enum OnGap
{
    /// <summary>Reading fails with a message that names the position: a person decides.</summary>
    Fail,

    /// <summary>Reading goes on with the oldest record that can be read. The gap is logged and counted.</summary>
    Skip,
}
