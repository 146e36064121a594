namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// Every point of the protocol at which a process can be killed: around every call that leaves it, at every await, and at every
/// call that comes in. Whoever adds a call to the protocol adds its site here, as a test asks for a crash at each of them.
/// </summary>
internal enum CrashSite
{
    // The store, before and after a call has taken effect; “last” is what is committed at the end and after a stop.
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

    // The sink; “restored” is what an earlier process had committed.
    DeliveringRestored,
    DeliveredRestored,
    Delivering,
    Delivered,
    DeliveringLast,
    DeliveredLast,

    // What is told of the commits; after “retrying” the process waits.
    ToldRestored,
    ToldCommitted,
    ToldRetrying,
    ToldRewriting,
    ToldRolledBack,

    // The source: in its calls, and right after each kind of batch was taken.
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

    // Asked to stop, a partition taken over, and one given up.
    Stopping,
    Assigned,
    Revoking,
}
