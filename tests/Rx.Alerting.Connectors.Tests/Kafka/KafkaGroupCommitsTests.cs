using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class KafkaGroupCommitsTests
{
    [Fact]
    public async Task Retry_LastCommitFailed_CommitsTheSameOffsets()
    {
        var attempts = 0;
        var committed = new TaskCompletionSource<IReadOnlyCollection<TopicPartitionOffset>>();
        var commits = New(offsets =>
        {
            if (Interlocked.Increment(ref attempts) < 3)
                throw new KafkaException(ErrorCode.IllegalGeneration);
            committed.TrySetResult(offsets);
        });

        commits.Offer(Offsets(7));
        await RetryUntilAsync(commits, () => committed.Task.IsCompleted);

        Assert.Equal(Offsets(7), await committed.Task);
        commits.Stop();
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Retry_NewerOffsetsCameSince_CommitsThoseOnly()
    {
        var attempts = new List<long>();
        var commits = New(offsets =>
        {
            lock (attempts)
                attempts.Add(offsets.Single().Offset.Value);
            if (offsets.Single().Offset == 7)
                throw new KafkaException(ErrorCode.IllegalGeneration);
        });
        commits.Offer(Offsets(7));
        await RetryUntilAsync(commits, () => Attempts().Length > 1);

        commits.Offer(Offsets(8));
        await RetryUntilAsync(commits, () => Attempts()[^1] == 8);
        var before = Attempts();
        commits.Retry();
        commits.Stop();

        Assert.Equal(before, Attempts());

        long[] Attempts()
        {
            lock (attempts)
                return [.. attempts];
        }
    }

    [Fact]
    public async Task Retry_NewerOffsetsCameBeforeTheFailure_CommitsTheOlderNoMore()
    {
        using ManualResetEventSlim begun = new(), offered = new();
        var (attempts, done) = (new List<long>(), new TaskCompletionSource());
        var commits = New(offsets =>
        {
            attempts.Add(offsets.Single().Offset.Value);
            if (offsets.Single().Offset == 8)
            {
                done.TrySetResult();
                return;
            }

            begun.Set();
            offered.Wait(TestContext.Current.CancellationToken);
            throw new KafkaException(ErrorCode.IllegalGeneration);
        });
        commits.Offer(Offsets(7));
        begun.Wait(TestContext.Current.CancellationToken);
        commits.Offer(Offsets(8));
        offered.Set();
        await done.Task;

        var retries = 0;
        await RetryUntilAsync(commits, () => retries++ == 1000);
        commits.Stop();

        Assert.Equal([7, 8], attempts);
    }

    [Fact]
    public void Retry_Stopped_CommitsNothingMore()
    {
        var attempts = 0;
        var commits = New(_ =>
        {
            attempts++;
            throw new KafkaException(ErrorCode.IllegalGeneration);
        });
        commits.Offer(Offsets(7));
        commits.Stop();

        commits.Retry();
        commits.Stop();

        Assert.Equal(1, attempts);
    }

    private static KafkaGroupCommits New(Action<IReadOnlyCollection<TopicPartitionOffset>> commit) =>
        new(commit, "group", NullLogger.Instance);

    private static IReadOnlyCollection<TopicPartitionOffset> Offsets(long offset) => [new("topic", 0, offset)];

    private static async Task RetryUntilAsync(KafkaGroupCommits commits, Func<bool> reached)
    {
        while (!reached())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            commits.Retry();
            await Task.Yield();
        }
    }
}
