namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>The stream cannot be read. The message says what to do.</summary>
public sealed class KinesisSourceException(string message, Exception? inner = null) : Exception(message, inner);
