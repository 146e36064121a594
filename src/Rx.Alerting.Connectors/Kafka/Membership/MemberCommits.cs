using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka.Membership;

/// <summary>
/// Commits offsets by the member's consumer for as long as that is open. Readings commit on threads of their own, also while the member leaves, and a consumer that
/// is disposed of under a commit may take the process down with it.
/// </summary>
internal sealed class MemberCommits(Action<IReadOnlyCollection<TopicPartitionOffset>> commit) : IDisposable
{
    private readonly ReaderWriterLockSlim open = new();
    private bool closed;

    /// <exception cref="ObjectDisposedException">The consumer is closed.</exception>
    internal void Commit(IReadOnlyCollection<TopicPartitionOffset> offsets)
    {
        open.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            commit(offsets);
        }
        finally
        {
            open.ExitReadLock();
        }
    }

    /// <summary>Waits for commits that are on their way, and lets no other begin; before the consumer goes.</summary>
    public void Dispose()
    {
        open.EnterWriteLock();
        closed = true;
        open.ExitWriteLock();
    }
}
