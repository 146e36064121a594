using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Tests.Contracts;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>How far the source says that it has read.</summary>
public sealed class FollowedProgressTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Progress_GateIsClosed_IsPausedAndHasTheBytesThatWait()
    {
        log.Write("a", "b", "c");
        var gate = new ClosableGate(log.Log);
        var source = new FollowedFileSource(
            log.Options() with { StartAt = StartAt.Beginning }, TimeProvider.System, NullLogger<FollowedFileSource>.Instance);
        using var collector = BatchCollector.Read(source, gate: gate);

        var progress = await source.UntilAsync(log.Log, one => one.IsPaused);
        Assert.Equal((new FileInfo(log.Log).Length, null), (progress.LagBytes, progress.Position));

        gate.Open(log.Log);
        await source.UntilAsync(log.Log, one => one is { IsPaused: false, LagBytes: 0 });
        Assert.Equal(["a", "b", "c"], collector.Ids(log.Log));
        Assert.All(source.Counts, one => Assert.Equal(0, one.Value));
    }
}
