namespace Rx.Alerting.Connectors.Files;

/// <summary>Files or options have faults, so nothing can be read.</summary>
public sealed class FileSourceException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>The faults. Each is one line that names a file or an option.</summary>
    public IReadOnlyList<string> Faults => faults;
}
