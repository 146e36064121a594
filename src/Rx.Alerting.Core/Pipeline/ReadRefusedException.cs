namespace Rx.Alerting.Core.Pipeline;

/// <summary>A question about the state of a pipeline was not taken. The message says why, and what to do.</summary>
public sealed class ReadRefusedException(string message) : Exception(message);
