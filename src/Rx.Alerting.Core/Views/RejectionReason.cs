namespace Rx.Alerting.Core.Views;

/// <summary>Why a record was rejected. Every record is counted exactly once: as a view, as a late view, or as rejected.</summary>
public enum RejectionReason
{
    /// <summary>The record was not rejected.</summary>
    None,

    /// <summary>The record does not have its format: broken syntax, half a line, wrong types, binary rubbish.</summary>
    Malformed,

    /// <summary>A Kafka record without a value. It says that the earlier records of its key are deleted.</summary>
    Tombstone,

    /// <summary>The record is longer than the bound on records.</summary>
    TooLong,

    /// <summary>The record names no property.</summary>
    MissingProperty,

    /// <summary>The record has no event time.</summary>
    MissingEventTime,

    /// <summary>The event time is unreadable, negative, or outside the years 2000 to 2199.</summary>
    InvalidEventTime,

    /// <summary>The event time is further ahead of the record's arrival, or of the views around it, than the bound allows.</summary>
    FarFuture,
}
