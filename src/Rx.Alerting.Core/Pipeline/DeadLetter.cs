namespace Rx.Alerting.Core.Pipeline;

/// <summary>A sample of what was not counted.</summary>
/// <param name="Reason">Why, in snake case: <c>late</c>, or one of <see cref="Views.RejectionReason"/>.</param>
/// <param name="Partition">Where it was read from.</param>
/// <param name="EventTime">When the view ended; null where that is not known.</param>
/// <param name="Sample">
/// The beginning of the record; of a decoded view, its property and title. What cannot be printed is <c>\x</c> and two hexadecimal digits.
/// </param>
public sealed record DeadLetter(string Reason, string Partition, DateTimeOffset? EventTime, string Sample)
{
    /// <summary>The beginning of the record as it was read; empty for a view that was decoded.</summary>
    public ReadOnlyMemory<byte> Head { get; init; }
}
