namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The sections of a checkpoint. Their names never change, because stores have written them.</summary>
public static class StateSections
{
    /// <summary>One entry: version and text of each state's layout. Written by a pipeline's first commit, and after an upgrade.</summary>
    public const string Header = "header";

    /// <summary>An entry for each partition: its name, and where to read on.</summary>
    public const string Positions = "positions";

    /// <summary>An entry for each partition's event time, one for the merge, and one for each property with late views.</summary>
    public const string Watermarks = "watermarks";

    /// <summary>Entries for each open pane, by the pane's start and a number. The counts of a pane's entries add up.</summary>
    public const string Panes = "panes";

    /// <summary>An entry for each property, by the hash of its name.</summary>
    public const string Properties = "properties";

    /// <summary>An entry for each title, by the hash of its property and the hash of its name.</summary>
    public const string Titles = "titles";

    /// <summary>An entry for each open incident, in the order in which the incidents opened.</summary>
    public const string Incidents = "incidents";

    /// <summary>An entry for each group of counters.</summary>
    public const string Counters = "counters";

    /// <summary>An entry for each control command that has taken effect, by the hash of its id.</summary>
    public const string Commands = "commands";

    /// <summary>An entry for each change of an incident that is decided and not known to be delivered, by its sequence number.</summary>
    public const string Outbox = "outbox";

    /// <summary>An entry for the latest state of each incident that people can ask for, by the hash of the incident's id.</summary>
    public const string History = "history";

    /// <summary>An entry for each property: the values that its views had lately, and what is normal for them.</summary>
    public const string Facets = "facets";

    /// <summary>Entries for each property: the circumstances of its views in some time, by the begin of that time.</summary>
    public const string FacetBuckets = "circumstances";

    /// <summary>All sections, in the order in which a restore reads them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Header, Positions, Watermarks, Panes, Properties, Titles, Incidents, Counters, Commands, Outbox, History, Facets, FacetBuckets];
}
