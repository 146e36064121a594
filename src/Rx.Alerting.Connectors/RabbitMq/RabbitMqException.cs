namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>The broker cannot be used for now; the message says why, and never has the password.</summary>
public sealed class RabbitMqException(string message, Exception? inner = null) : Exception(message, inner);
