using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Section <c>DeadLetters</c>: samples of what was not counted.</summary>
public sealed record DeadLetterOptions
{
    /// <summary>Samples of each reason at the most. 0 to 1 million; default 100.</summary>
    public int MaximumPerReason { get; init; } = 100;

    /// <summary>Bytes of a record that a sample shows at the most. 16 to 1 million; default 500.</summary>
    public int MaximumBytes { get; init; } = 500;

    internal void Validate(OptionFaults faults)
    {
        faults.Range("DeadLetters:MaximumPerReason", MaximumPerReason, 0, 1_000_000);
        faults.Range("DeadLetters:MaximumBytes", MaximumBytes, 16, 1_000_000);
    }
}
