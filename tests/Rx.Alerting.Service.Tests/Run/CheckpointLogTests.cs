using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class CheckpointLogTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly FakeLogger<CheckpointLog> log = new();
    private readonly CheckpointLog checkpoints;

    public CheckpointLogTests() => checkpoints = new(clock, log);

    [Fact]
    public void Commit_ThatTakesLong_IsToldOnceAMinute()
    {
        Commit(1, seconds: 4);
        Commit(2, seconds: 22.5);
        Commit(3, seconds: 30);
        clock.Advance(TimeSpan.FromMinutes(1));
        Commit(4, seconds: 15);

        var lines = log.Collector.GetSnapshot().Select(record => record.Message).ToList();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith(
            "Commit 2 of a took 22.5 s for 2000000 entries, and what was decided meanwhile is told that much later",
            lines[0],
            StringComparison.Ordinal);
        Assert.StartsWith("Commit 4 of a took 15.0 s", lines[1], StringComparison.Ordinal);
    }

    private void Commit(long id, double seconds) =>
        checkpoints.Take(new CheckpointEvent("a", CheckpointEventKind.Committed, id, 2_000_000, TimeSpan.FromSeconds(seconds)));
}
