namespace Rx.Alerting.Core.Dumps;

/// <summary>A dump was not made. The message says why, as a clause.</summary>
public sealed class DumpRefusedException(string message, Exception? inner = null) : Exception(message, inner);
