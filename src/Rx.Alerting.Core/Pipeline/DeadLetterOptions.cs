using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Samples of records that were not counted.</summary>
[OptionSection("DeadLetters")]
public sealed record DeadLetterOptions
{
    /// <summary>Samples of each reason.</summary>
    [Range(0, 1_000_000)]
    public int MaximumPerReason { get; init; } = 100;

    /// <summary>Bytes of a record that a sample shows.</summary>
    [Range(16, 1_000_000)]
    public int MaximumBytes { get; init; } = 500;
}
