using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Replay;

namespace Rx.Alerting.Service.Tests.Replay;

public sealed class ReplaySummaryTests
{
    [Fact]
    public void Lines_SomeViewsDropped_CountsThemOnceAsRead()
    {
        var statistics = new PipelineStatistics
        {
            Views = 100,
            Late = 20,
            Dropped = 60,
            LateByProperty = new Dictionary<string, long>(),
            Rejected = [0, 30],
        };

        var lines = ReplaySummary.Lines(statistics, new ReplayTally(1), TimeSpan.FromSeconds(1)).ToList();

        Assert.Contains(
            lines, line => line.StartsWith("views/s", StringComparison.Ordinal) && line.EndsWith(" 150", StringComparison.Ordinal));
    }
}
