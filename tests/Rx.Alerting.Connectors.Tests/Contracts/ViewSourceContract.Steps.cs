using System.Globalization;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <content>What the cases are made of.</content>
public abstract partial class ViewSourceContract
{
    private protected static IReadOnlyList<string> Ids(int partition, int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{partition}-{i}"))];

    private static Task AppendAsync(SourceFixture fixture, int partition, int from, int count) =>
        fixture.AppendAsync(partition, Ids(partition, count, from));

    /// <summary>A system whose partitions have <see cref="Views"/> views each.</summary>
    private async Task<SourceFixture> FilledAsync(int partitions)
    {
        var fixture = await CreateAsync(partitions);
        for (var i = 0; i < partitions && fixture.Abilities.HasFlag(SourceAbilities.Append); i++)
            await AppendAsync(fixture, i, 0, Views);
        return fixture;
    }

    private static void Needs(SourceFixture fixture, SourceAbilities abilities)
    {
        if (!fixture.Abilities.HasFlag(abilities))
            Assert.Skip($"This source has no partitions that can {abilities}.");
    }

    /// <summary>Ends when all views have come, and the source has said that there are no more, if it can.</summary>
    private Task AllAsync(SourceFixture fixture, BatchCollector collector, int? seen = null) => collector.UntilAsync(
        _ => Settled(fixture, collector)
            && fixture.Partitions.All(
                partition => collector.Ids(partition).Count >= (seen ?? Views) && collector.Status(partition) is not null),
        "all views");

    /// <summary>Whether the source has said of every partition that there is nothing more. True if the source cannot say so.</summary>
    private static bool Settled(SourceFixture fixture, BatchCollector collector)
    {
        if (fixture.Abilities.HasFlag(SourceAbilities.Idle))
            return fixture.Partitions.All(partition => collector.Status(partition) is PartitionStatus.Idle or PartitionStatus.Finished);
        return !fixture.Abilities.HasFlag(SourceAbilities.Finish) || collector.Completed;
    }

    private static Dictionary<string, string> PositionsInTheMiddle(BatchCollector collector)
    {
        var batches = collector.Batches;
        return BatchCollector.PositionsAfter(batches.Take(batches.Count / 2));
    }

    private void AssertViews(SourceFixture fixture, BatchCollector collector)
    {
        for (var i = 0; i < fixture.Partitions.Count && fixture.Abilities.HasFlag(SourceAbilities.Append); i++)
            Assert.Equal(Ids(i, Views), collector.Ids(fixture.Partitions[i]));
    }

    /// <summary>A source without an end goes on behind the views that were waited for.</summary>
    private static void AssertSame(SourceFixture fixture, IReadOnlyList<string> expected, IReadOnlyList<string> actual) =>
        Assert.Equal(expected, fixture.Abilities.HasFlag(SourceAbilities.Append) ? actual : actual.Take(expected.Count));

    /// <summary>Whether <paramref name="condition"/> comes true within a short while. Tests expect that it does not.</summary>
    private static async Task<bool> HappensAsync(Func<bool> condition)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Silence)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return true;
    }
}
