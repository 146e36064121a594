using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>A view, and when the view came into the stream.</summary>
internal readonly record struct ArrivedView(TestView View, long At);

/// <summary>A part of the stream: a Kafka partition, or a shard that comes of a split or merge and may end with another one.</summary>
/// <param name="Name">The shard's name.</param>
/// <param name="Parents">The shards that must be read to their ends before. Empty for a shard that is there from the beginning.</param>
/// <param name="To">When the shard is closed.</param>
/// <param name="Views">The views, in the order of their arrival.</param>
internal sealed record SimulatedShard(string Name, IReadOnlyList<string> Parents, long To, IReadOnlyList<ArrivedView> Views);
