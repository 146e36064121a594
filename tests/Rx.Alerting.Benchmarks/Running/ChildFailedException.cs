namespace Rx.Alerting.Benchmarks.Running;

/// <summary>A process that was to be measured did not do its work.</summary>
internal sealed class ChildFailedException(string message) : Exception(message);
