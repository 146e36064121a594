using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Positions;

/// <summary>Where reading begins when no position is known. No source knows all of them; the options of each say which it knows.</summary>
public enum StartAt
{
    /// <summary>
    /// With the oldest record that the source still has. Of followed logs: with the first record of the oldest file that the log was
    /// rotated to, in logs that are there when the first reading begins.
    /// </summary>
    [OptionAlias("trim-horizon")]
    [OptionAlias("oldest")]
    Earliest,

    /// <summary>
    /// With the first record of the file that has the log's name now. Files that the log was rotated to before are not read. Only files
    /// have this start: a stream has no current part.
    /// </summary>
    Beginning,

    /// <summary>
    /// With the next record that comes. Files, partitions and shards that appear after the first reading began are read from their
    /// beginning all the same: all their records came later. A process that shares a topic with a group starts with the first record
    /// since it came to the group.
    /// </summary>
    [OptionAlias("end")]
    Latest,

    /// <summary>With the first record that arrived at a given time or later.</summary>
    AtTimestamp,
}
