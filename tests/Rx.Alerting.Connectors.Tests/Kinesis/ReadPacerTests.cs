using Rx.Alerting.Connectors.Kinesis.Reading;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

public sealed class ReadPacerTests
{
    private readonly JumpingTimeProvider time = new();

    [Fact]
    public async Task WaitAsync_SmallReads_FiveASecond()
    {
        var pacer = new ReadPacer(time, 5, 2_000_000);
        var elapsed = await TimeOfAsync(pacer, reads: 51, bytes: 100);

        Assert.Equal(TimeSpan.FromSeconds(10), elapsed);
    }

    [Fact]
    public async Task WaitAsync_LargeReads_TwoMegabytesASecond()
    {
        var pacer = new ReadPacer(time, 5, 2_000_000);
        var elapsed = await TimeOfAsync(pacer, reads: 11, bytes: 10_000_000);

        Assert.Equal(TimeSpan.FromSeconds(50), elapsed);
    }

    [Fact]
    public async Task WaitAsync_CaughtUp_AsLongAsAsked()
    {
        var pacer = new ReadPacer(time, 5, 2_000_000);
        await pacer.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
        pacer.Read(0);
        await pacer.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.Equal([TimeSpan.FromSeconds(1)], time.Waits);
    }

    [Fact]
    public async Task WaitAsync_Throttled_SlowsDownAndRecovers()
    {
        var pacer = new ReadPacer(time, 5, 2_000_000);
        await pacer.WaitAsync(TimeSpan.Zero, CancellationToken.None);
        pacer.Throttled();
        await pacer.WaitAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(0.4), time.Waits[^1]);

        for (var i = 0; i < 10; i++)
            pacer.Throttled();
        await pacer.WaitAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(3.2), time.Waits[^1]);

        await TimeOfAsync(pacer, reads: 40, bytes: 0);
        Assert.Equal(TimeSpan.FromSeconds(0.2), time.Waits[^1]);
    }

    private async Task<TimeSpan> TimeOfAsync(ReadPacer pacer, int reads, long bytes)
    {
        var begin = time.Elapsed;
        for (var i = 0; i < reads; i++)
        {
            await pacer.WaitAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
            pacer.Read(bytes);
        }

        return time.Elapsed - begin;
    }
}
