using System.Numerics;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Decides how long to wait between the attempts of one call.</summary>
/// <remarks>
/// The longest wait doubles from 0.2 s to 10 s. The wait is a random time between half of that and all of it, so that many shards do not
/// come back at once. The first, second, fourth, eighth failure in a row and so on are logged.
/// </remarks>
internal sealed class Backoff(StreamAccess stream, string operation, string subject)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private int attempts;

    /// <summary>The call was answered.</summary>
    internal void Reset() => attempts = 0;

    /// <summary>Counts a failure, logs it, and gives the time to wait.</summary>
    /// <exception cref="KinesisSourceException">The failure will not pass.</exception>
    internal TimeSpan Next(Exception failure)
    {
        var kind = Failures.KindOf(failure);
        if (kind == FailureKind.Final || (kind == FailureKind.Unsent && !stream.HasAnswered))
            throw Failures.Final(stream.Options.StreamName, operation, failure);

        var longest = attempts < 6 ? Shortest * (1 << attempts) : Longest;
        var delay = longest * (0.5 + (Random.Shared.NextDouble() / 2));
        var tell = BitOperations.IsPow2(++attempts);
        stream.Fail($"{operation} on {subject} is not answered: {failure.Message}");
        if (kind == FailureKind.Throttled)
        {
            stream.Counters.Throttled();
            if (tell)
                KinesisLog.Throttled(stream.Logger, operation, subject, attempts, delay);
        }
        else
        {
            stream.Counters.Retried();
            if (tell)
                KinesisLog.Failed(stream.Logger, operation, subject, attempts, failure.Message, delay);
        }

        return delay;
    }
}
