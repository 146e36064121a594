using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Sources;

/// <summary>Section <c>Source</c>: which stream the service watches.</summary>
internal sealed record SourceOptions
{
    /// <summary>Where views come from: simulation, follow, kafka or kinesis; each has a section of its own. Default simulation.</summary>
    public SourceKind Kind { get; init; } = SourceKind.Simulation;

    /// <summary>Time between two attempts while the source says that it cannot be read just now. 100 ms to 10 minutes; default 5 seconds.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(5);

    internal void Validate(OptionFaults faults) =>
        faults.Range("Source:RetryInterval", RetryInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
}
