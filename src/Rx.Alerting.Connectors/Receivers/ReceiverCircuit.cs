using Polly;
using Polly.CircuitBreaker;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Receivers;

/// <summary>After failures only, a receiver is left alone for a while.</summary>
internal static class ReceiverCircuit
{
    /// <param name="isDown">Whether an answer says that the receiver is away or broken. No answer in time does.</param>
    /// <param name="clock">Times the circuit breaker.</param>
    public static ResiliencePipeline<T> Of<T>(Func<T, bool> isDown, TimeProvider clock) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = clock }.AddCircuitBreaker(new()
        {
            FailureRatio = 1,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = TimeSpan.FromSeconds(15),
            ShouldHandle = happened => ValueTask.FromResult(
                happened.Outcome is { Exception: OperationCanceledException } || (happened.Outcome.Result is { } answer && isDown(answer))),
        }).Build();

    /// <summary>What has become of a notification while the receiver is left alone.</summary>
    public static NotifyResult.Later LeftAlone(string receiver, BrokenCircuitException open) =>
        new($"{receiver} has failed again and again, and is left alone for a while", IsInDoubt: false, open.RetryAfter);
}
