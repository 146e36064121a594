namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// The points of the protocol at which a process can be killed: around every call that leaves the process, at every await, and at every
/// incoming call. A new call in the protocol needs a new site. A test requires a crash at each site.
/// </summary>
internal enum CrashSite
{
    // The store, before and after a call has taken effect. “Last” is the commit at the end or after a stop.
    Acquiring,
    Acquired,
    ReadingState,
    ReadState,
    FindingHead,
    FoundHead,
    Committing,
    Committed,
    CommittingLast,
    CommittedLast,

    // The channels. “Restored” are the effects that an earlier process had committed.
    BeginningChannel,
    BegunChannel,
    DeliveringRestored,
    DeliveredRestored,
    Delivering,
    Delivered,
    DeliveringLast,
    DeliveredLast,

    // The boards.
    Taking,
    Taken,
    Replacing,
    Replaced,
    Posting,
    Posted,

    // People are told, by whatever channel.
    Telling,
    Told,

    // Events of commits. After “retrying” the process waits.
    ToldRestored,
    ToldCommitted,
    ToldRetrying,
    ToldRewriting,
    ToldRolledBack,

    // The source: in its calls, and right after a batch of each kind was taken.
    Subscribing,
    Announced,
    Pushed,
    ToldIdle,
    ToldActive,
    ShardEnded,
    StreamEnded,
    PositionsTold,

    // At any other moment: between two batches, while the process waits for its next commit, or sleeps.
    Waiting,

    // The process is asked to stop, takes a partition over, or gives a partition up.
    Stopping,
    Assigned,
    Revoking,
}
