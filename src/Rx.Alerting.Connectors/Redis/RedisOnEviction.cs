namespace Rx.Alerting.Connectors.Redis;

/// <summary>What to do if the server may evict keys without a time to live: the keys of checkpoints have none.</summary>
public enum RedisOnEviction
{
    /// <summary>Do not begin. If the server is set so later, warn.</summary>
    Fail,

    /// <summary>Go on, and warn.</summary>
    Warn,
}
