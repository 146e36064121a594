namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The sections of a checkpoint. Their names never change: stores write them.</summary>
public static class StateSections
{
    /// <summary>One entry: versions of the encoding and hash of its schema. Written by every first commit.</summary>
    public const string Header = "header";

    /// <summary>An entry for each partition: its name and where to read on.</summary>
    public const string Positions = "positions";

    /// <summary>An entry for each partition: its event time; one for their merge.</summary>
    public const string Watermarks = "watermarks";

    /// <summary>Entries for each open pane, by its start and by their number, which add up.</summary>
    public const string Panes = "panes";

    /// <summary>An entry for each property, by the hash of its name.</summary>
    public const string Properties = "properties";

    /// <summary>An entry for each title, by the hashes of its property and of its name.</summary>
    public const string Titles = "titles";

    /// <summary>An entry for each open incident, by the order in which they opened.</summary>
    public const string Incidents = "incidents";

    /// <summary>An entry for each group of counters.</summary>
    public const string Counters = "counters";

    /// <summary>An entry for each control command that has taken effect, by the hash of its id.</summary>
    public const string Commands = "commands";

    /// <summary>An entry for each effect that has been decided and not yet acknowledged, by its sequence number.</summary>
    public const string Outbox = "outbox";

    /// <summary>The latest state of each incident that people can ask for, by the hash of its id.</summary>
    public const string History = "history";

    /// <summary>All of them, in the order in which a restore reads them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Header, Positions, Watermarks, Panes, Properties, Titles, Incidents, Counters, Commands, Outbox, History];
}
