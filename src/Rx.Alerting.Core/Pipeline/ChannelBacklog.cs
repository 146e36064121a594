namespace Rx.Alerting.Core.Pipeline;

/// <summary>What a channel does not have yet.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Effects">Effects behind its cursor.</param>
public readonly record struct ChannelBacklog(string Channel, int Effects);
