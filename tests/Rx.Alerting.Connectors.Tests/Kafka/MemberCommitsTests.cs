using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka.Membership;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class MemberCommitsTests
{
    private static readonly TopicPartitionOffset[] Offsets = [new("views", 0, 1)];

    [Fact]
    public async Task Dispose_CommitOnItsWay_WaitsForIt()
    {
        using var begun = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        var ended = false;
        var commits = new MemberCommits(_ =>
        {
            begun.Set();
            end.Wait(TestContext.Current.CancellationToken);
            ended = true;
        });
        var committing = Task.Run(() => commits.Commit(Offsets), TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);

        var closing = Task.Run(
            () =>
            {
                commits.Dispose();
                Assert.True(ended);
            },
            TestContext.Current.CancellationToken);
        end.Set();

        await closing;
        await committing;
    }

    [Fact]
    public void Commit_Disposed_IsRefused()
    {
        var commits = new MemberCommits(_ => Assert.Fail("committed by a consumer that is gone"));
        commits.Dispose();

        Assert.Throws<ObjectDisposedException>(() => commits.Commit(Offsets));
    }
}
