namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The stream that the processes read, and how they share it.</summary>
/// <param name="Shards">The shards of the stream.</param>
/// <param name="IsShared">True: there is a pipeline for each shard, spread over processes. False: one pipeline reads all shards.</param>
internal sealed record CrashCase(IReadOnlyList<SimulatedShard> Shards, bool IsShared)
{
    private const string Name = "simulated";

    public static IReadOnlyList<CrashCase> All { get; } =
    [
        new(SimulatedTraffic.Partitions, false),
        new(SimulatedTraffic.Resharded, false),
        new(SimulatedTraffic.ByProperty, true),
        new(SimulatedTraffic.Whole, false) { Decisions = DecisionMoments.AtPlaces },
        new(SimulatedTraffic.ByProperty, true) { Decisions = DecisionMoments.AtPlaces },
        new(SimulatedTraffic.Resharded, false) { Decisions = DecisionMoments.AtAnyMoment },
        new(SimulatedTraffic.ByProperty, true) { Decisions = DecisionMoments.AtAnyMoment },
    ];

    public DecisionMoments Decisions { get; private init; }

    /// <summary>The names of the pipelines in the store.</summary>
    public IReadOnlyList<string> Pipelines { get; } = IsShared ? [.. Shards.Select(shard => shard.Name)] : [Name];

    public IReadOnlyList<SimulatedShard> ShardsOf(string pipeline) => IsShared ? [Shards.Single(shard => shard.Name == pipeline)] : Shards;
}
