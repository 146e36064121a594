using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Sources;

/// <summary>Which stream the service watches.</summary>
[OptionSection("Source")]
internal sealed record SourceOptions
{
    /// <summary>Where views come from. Each source but the simulation has a section of its own.</summary>
    public SourceKind Kind { get; init; } = SourceKind.Simulation;

    /// <summary>Time between two attempts while the source cannot be read.</summary>
    [TimeRange("100ms", "10m")]
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(5);
}
