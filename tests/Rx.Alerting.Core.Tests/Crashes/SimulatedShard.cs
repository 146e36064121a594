using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>A view, and when it got into the stream.</summary>
internal readonly record struct ArrivedView(TestView View, long At);

/// <summary>A part of the stream: a Kafka partition, or a shard that comes out of others and ends where they are split or merged.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parents">Read to their ends before it; none for what is there from the beginning.</param>
/// <param name="To">When it is closed.</param>
/// <param name="Views">In the order of their arrival.</param>
internal sealed record SimulatedShard(string Name, IReadOnlyList<string> Parents, long To, IReadOnlyList<ArrivedView> Views);
