namespace Rx.Alerting.Core.Checkpoints;

/// <summary>A checkpoint cannot be read. The message says what to do.</summary>
public sealed class CheckpointFormatException(string message) : Exception(message);
