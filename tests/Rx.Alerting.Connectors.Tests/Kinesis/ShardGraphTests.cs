using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

public sealed class ShardGraphTests
{
    /// <summary>A is split into B and C, which are merged into D; E stands alone.</summary>
    private static readonly Shard[] Family =
        [Shard("d", "b", "c"), Shard("b", "a", closed: true), Shard("a", closed: true), Shard("c", "a", closed: true), Shard("e")];

    [Fact]
    public void Ready_NothingRead_GivesShardsWithoutParents() => Assert.Equal(["a", "e"], Ids(Graph().Ready()));

    [Fact]
    public void ReadyAfter_SplitAndMerge_GivesChildrenWhenTheLastParentEnds()
    {
        var graph = Graph();

        Assert.Equal(["b", "c"], Finish(graph, "a"));
        Assert.Empty(Finish(graph, "b"));
        Assert.Equal(["d"], Finish(graph, "c"));
        Assert.Empty(Finish(graph, "d"));
    }

    [Fact]
    public void Ready_ParentsNoLongerListed_AreNotWaitedFor()
    {
        var graph = Graph(listing: [Shard("d", "b", "c"), Shard("c", "a", closed: true)]);

        Assert.Equal(["c"], Ids(graph.Ready()));
        Assert.Equal(["d"], Finish(graph, "c"));
    }

    [Fact]
    public void Ready_FinishedInTheCheckpoint_IsNotReadAgain()
    {
        var graph = Graph(new() { ["a"] = ShardPosition.End, ["b"] = ShardPosition.After("7"), ["e"] = ShardPosition.After("8") });

        Assert.Equal(["b", "c", "e"], Ids(graph.Ready()));
        Assert.Equal(ShardPosition.After("7"), graph.Find("b")!.Start);
        Assert.Equal(ShardPosition.TrimHorizon, graph.Find("c")!.Start);
    }

    [Fact]
    public void Ready_ClosedBeforeTheFirstStart_IsLeftOutOnResuming()
    {
        var graph = Graph(new() { ["d"] = ShardPosition.After("7"), ["e"] = ShardPosition.After("8") }, StartAt.Latest);

        Assert.Equal(["d", "e"], Ids(graph.Ready()));
    }

    /// <summary>
    /// The source was stopped between two announcements; or before a child could be read that was there at the first start.
    /// </summary>
    [Fact]
    public void Ready_StoppedBeforeAllWereAnnounced_OthersStartAtTheSameTime()
    {
        var start = ShardPosition.At(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var graph = Graph(new() { ["a"] = start });

        Assert.Equal(["a", "e"], Ids(graph.Ready()));
        Assert.All(Family, shard => Assert.Equal(start, graph.Find(shard.ShardId!)!.Start));
    }

    [Fact]
    public void Ready_Latest_GivesOpenShardsOnlyAndTheirChildrenFromTheBeginning()
    {
        var graph = Graph(start: StartAt.Latest);

        Assert.Equal(["d", "e"], Ids(graph.Ready()));
        Assert.All(graph.Ready(), node => Assert.True(node.FromLatest));
        graph.Update([Shard("f", "e")]);
        Assert.Equal(["f"], Finish(graph, "e"));
        Assert.False(graph.Find("f")!.FromLatest);
    }

    [Fact]
    public void IsWaitedFor_ChildInTheCheckpoint_IsTrue()
    {
        var graph = Graph(new() { ["a"] = ShardPosition.After("7"), ["b"] = ShardPosition.TrimHorizon });

        Assert.True(graph.IsWaitedFor(graph.Find("a")!));
        Assert.False(graph.IsWaitedFor(graph.Find("e")!));
    }

    private static ShardGraph Graph(
        Dictionary<string, ShardPosition>? positions = null, StartAt start = StartAt.Earliest, Shard[]? listing = null)
    {
        var graph = new ShardGraph(positions ?? [], start, ShardPosition.TrimHorizon);
        graph.Update(listing ?? Family);
        return graph;
    }

    private static string[] Finish(ShardGraph graph, string id)
    {
        var node = graph.Find(id)!;
        var ready = graph.ReadyAfter(node);
        node.Phase = ShardPhase.Finished;
        return Ids(ready);
    }

    private static string[] Ids(IEnumerable<ShardNode> nodes) => [.. nodes.Select(node => node.Id)];

    private static Shard Shard(string id, string? parent = null, string? other = null, bool closed = false) => new()
    {
        ShardId = id,
        ParentShardId = parent,
        AdjacentParentShardId = other,
        SequenceNumberRange = new() { StartingSequenceNumber = "1", EndingSequenceNumber = closed ? "2" : null },
    };
}
