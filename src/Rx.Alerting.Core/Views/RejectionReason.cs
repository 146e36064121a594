namespace Rx.Alerting.Core.Views;

/// <summary>Why a record did not become a counted view. Every record that is read is counted once: as a view, as late, or here.</summary>
public enum RejectionReason
{
    /// <summary>Accepted.</summary>
    None,

    /// <summary>Not a record of its format: broken syntax, half a line, wrong types, binary rubbish.</summary>
    Malformed,

    /// <summary>
    /// Bytes that are not UTF-8. No decoder rejects for them: they become U+FFFD. Checkpoints count by reason, so the reason keeps its place.
    /// </summary>
    InvalidUtf8,

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
