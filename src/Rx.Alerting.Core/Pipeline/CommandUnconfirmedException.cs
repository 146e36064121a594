namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Nobody knows whether a command has taken effect. It may be sent again with its id, and then takes effect at most once.
/// </summary>
public sealed class CommandUnconfirmedException(string message) : Exception(message);
