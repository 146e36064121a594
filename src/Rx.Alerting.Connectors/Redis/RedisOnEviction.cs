namespace Rx.Alerting.Connectors.Redis;

/// <summary>What to do where the server may evict keys that have no time to live, as those of checkpoints.</summary>
public enum RedisOnEviction
{
    /// <summary>Do not begin. A server that is set so later is warned of.</summary>
    Fail,

    /// <summary>Go on, and warn of it.</summary>
    Warn,
}
