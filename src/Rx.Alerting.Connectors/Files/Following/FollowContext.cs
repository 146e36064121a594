using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Options, clock, log and counters, which all parts of a reading use.</summary>
internal sealed record FollowContext(FollowOptions Options, TimeProvider Time, ILogger Logger, FollowCounters Counters);
