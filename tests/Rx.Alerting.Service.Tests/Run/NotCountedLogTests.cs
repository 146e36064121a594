using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>Records that are not counted are logged, also long after the samples.</summary>
public sealed class NotCountedLogTests : IDisposable
{
    private const string Name = "test/script";

    private readonly DetectionPipeline pipeline = new(new PipelineOptions());
    private readonly FakeTimeProvider clock = new();
    private readonly PipelineStatus status;
    private readonly FakeLogger<NotCountedLog> log = new();
    private readonly NotCountedLog notCounted;

    public NotCountedLogTests()
    {
        status = new PipelineStatus(clock, NullLogger<PipelineStatus>.Instance);
        notCounted = new NotCountedLog(status, clock, log);
        status.Begin(Name, pipeline);
    }

    public void Dispose()
    {
        notCounted.Dispose();
        pipeline.Dispose();
    }

    [Fact]
    public async Task EveryMinute_LooksAgain()
    {
        await notCounted.StartAsync(TestContext.Current.CancellationToken);
        Reject(3, RejectionReason.Malformed);

        // The timer starts on another thread.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                return log.Collector.Count > 0;
            },
            TimeSpan.FromSeconds(30)));
        await notCounted.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains("3 malformed", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void LookAgain_WhileTheirNumberGrows_SaysHowManyAndWhy()
    {
        Reject(3, RejectionReason.Malformed);
        notCounted.LookAgain();
        Reject(1000, RejectionReason.Malformed);
        Reject(2, RejectionReason.MissingProperty);
        notCounted.LookAgain();

        Assert.Equal(
            [
                $"{Name} has not counted since it was last said: 3 malformed. In all: 3 malformed",
                $"{Name} has not counted since it was last said: 1,000 malformed, 2 missing property. In all: 1,003 malformed, "
                + "2 missing property",
            ],
            Lines());
    }

    [Fact]
    public void LookAgain_NothingNew_SaysNothing()
    {
        Reject(3, RejectionReason.TooLong);
        notCounted.LookAgain();
        notCounted.LookAgain();

        Assert.Single(Lines());
    }

    [Fact]
    public async Task Stop_SaysWhatHasComeSince()
    {
        await notCounted.StartAsync(TestContext.Current.CancellationToken);
        Reject(7, RejectionReason.MissingEventTime);

        await notCounted.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains("7 missing event time", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void LookAgain_PipelineBeganAnewWithWhatItHadCounted_SaysWhatIsNewOnly()
    {
        Reject(5, RejectionReason.Malformed);
        notCounted.LookAgain();
        status.Begin(Name, pipeline);
        Reject(1, RejectionReason.Malformed);
        notCounted.LookAgain();

        Assert.Equal($"{Name} has not counted since it was last said: 1 malformed. In all: 6 malformed", Lines()[^1]);
    }

    private IReadOnlyList<string> Lines() => [.. log.Collector.GetSnapshot().Select(record => record.Message)];

    private void Reject(int count, RejectionReason reason)
    {
        var batch = new ViewBatch("a");
        for (var i = 0; i < count; i++)
            batch.Reject(reason, batch.Append("rubbish"u8));
        pipeline.OnNext(batch);
        status.Settle(Name, pipeline);
    }
}
