using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>Waits for what a source says of itself.</summary>
internal static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The progress of a partition, as soon as it is as wanted.</summary>
    internal static async Task<PartitionProgress> UntilAsync(
        this IViewSource source, string partition, Func<PartitionProgress, bool> wanted)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var known = source.Progress.Where(one => one.Partition == partition).ToList();
            if (known is [var progress] && wanted(progress))
                return progress;
            Assert.True(
                TimeProvider.System.GetElapsedTime(begun) < Patience, $"It does not come to be so: {string.Join(", ", source.Progress)}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
