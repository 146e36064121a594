using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>What all parts of a reading use.</summary>
internal sealed record FollowContext(FollowOptions Options, TimeProvider Time, ILogger Logger, FollowCounters Counters);
