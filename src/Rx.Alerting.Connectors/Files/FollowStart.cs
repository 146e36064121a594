namespace Rx.Alerting.Connectors.Files;

/// <summary>Where reading begins in a file that is followed, when no position is known.</summary>
public enum FollowStart
{
    /// <summary>With the first record of the file; what was rotated away before is not read.</summary>
    Beginning,

    /// <summary>
    /// With the first record of the oldest file that the log was rotated to, in logs that are there when the first reading begins. One that
    /// appears later is read from its own beginning.
    /// </summary>
    Oldest,

    /// <summary>
    /// With the next record that comes, in files that are there when the first reading begins. A file that appears later is read
    /// from its beginning all the same.
    /// </summary>
    End,
}
