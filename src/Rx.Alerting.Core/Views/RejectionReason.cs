namespace Rx.Alerting.Core.Views;

/// <summary>Why a record did not become a counted view. Every record that is read is counted once: as a view, as late, or here.</summary>
public enum RejectionReason
{
    /// <summary>Accepted.</summary>
    None,

    /// <summary>Not a record of its format: broken syntax, half a line, wrong types, binary rubbish.</summary>
    Malformed,

    /// <summary>A record of Kafka without a value, which says that those of its key before it are deleted.</summary>
    Tombstone,

    /// <summary>Longer than the bound on a record.</summary>
    TooLong,

    /// <summary>No property.</summary>
    MissingProperty,

    /// <summary>No event time.</summary>
    MissingEventTime,

    /// <summary>An event time that cannot be: unreadable, negative, or outside the years 2000 to 2199.</summary>
    InvalidEventTime,

    /// <summary>An event time further ahead of its arrival, or of the views around it, than the bound allows.</summary>
    FarFuture,
}
