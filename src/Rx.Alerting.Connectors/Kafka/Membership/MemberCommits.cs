using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka.Membership;

/// <summary>
/// Commits offsets by the member's consumer, as long as the consumer is open. Readings commit on threads of their own, also while the
/// member leaves the group. If a consumer is disposed of during a commit, the process may crash.
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

    /// <summary>Waits for running commits, and lets no other begin. To be called before the consumer is closed.</summary>
    public void Dispose()
    {
        open.EnterWriteLock();
        closed = true;
        open.ExitWriteLock();
    }
}
