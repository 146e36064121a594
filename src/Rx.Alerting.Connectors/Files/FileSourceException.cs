namespace Rx.Alerting.Connectors.Files;

/// <summary>Nothing was read, because files or options have faults.</summary>
public sealed class FileSourceException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Every fault as one line that names its file or option.</summary>
    public IReadOnlyList<string> Faults => faults;
}
