namespace Rx.Alerting.Core.Notifications;

/// <summary>Tells people or programs outside: one kind of receiver. What is told when, and what after a failure, others decide.</summary>
public interface INotifier
{
    /// <summary>What the receiver can do.</summary>
    NotifierTraits Traits { get; }

    /// <summary>
    /// Tells. Does not throw for what the receiver answers, or does not answer. Calls come one after the other, and may be cancelled.
    /// </summary>
    /// <exception cref="OperationCanceledException">
    /// It was cancelled, and the receiver may have it. <see cref="NothingSentException"/>: the receiver does not have it.
    /// </exception>
    Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel);
}

/// <summary>What a receiver can do, and wants to know.</summary>
public sealed record NotifierTraits
{
    /// <summary>Whether it wants what nobody has to look at: edits, and changes for programs.</summary>
    public bool WantsUpdates { get; init; }

    /// <summary>Whether it wants to know who has acknowledged an incident, even if it wants no other updates.</summary>
    public bool WantsAcknowledgements { get; init; }

    /// <summary>Whether it keeps a state of its own, which must be right in the end: ends are told even if nobody has to look.</summary>
    public bool MirrorsState { get; init; }

    /// <summary>Whether it wants to hear of what was over before it could be told.</summary>
    public bool WantsOver { get; init; } = true;

    /// <summary>Whether a notification that arrives twice does no harm, or is found by its delivery id before it is sent again.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>So long after the last message, updates are gathered.</summary>
    public TimeSpan Gather { get; init; }

    /// <summary>The shortest time between two messages.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>An open incident is told again after this time, because the receiver forgets. Null: it does not.</summary>
    public TimeSpan? Renewal { get; init; }

    /// <summary>How long what is over is told again. Only with <see cref="Renewal"/>.</summary>
    public TimeSpan RenewalAfterEnd { get; init; }
}

/// <summary>What has become of an attempt to tell.</summary>
public abstract record NotifyResult
{
    private NotifyResult()
    {
    }

    /// <summary>The receiver has it.</summary>
    /// <param name="Reference">What <see cref="Notification.Reference"/> is from now on.</param>
    /// <param name="Remark">What is worth remembering of the receiver's answer; holds no secret. Null: nothing.</param>
    public sealed record Delivered(string? Reference, string? Remark = null) : NotifyResult
    {
        /// <summary>
        /// Brings what the receiver is still to get, such as a picture, when nothing else is to be told. It is called once more if it is
        /// cancelled, else throws nothing, and gives what <see cref="Reference"/> is from then on. Null: nothing is left.
        /// </summary>
        public Func<CancellationToken, Task<Delivered>>? Afterwards { get; init; }
    }

    /// <summary>The receiver does not have it, and may take it later.</summary>
    /// <param name="Problem">Why; holds no secret.</param>
    /// <param name="IsInDoubt">The receiver may have it all the same.</param>
    /// <param name="RetryAfter">How long the receiver wants to be left alone. Null: it does not say.</param>
    public sealed record Later(string Problem, bool IsInDoubt, TimeSpan? RetryAfter = null) : NotifyResult;

    /// <summary>The receiver will never take it.</summary>
    /// <param name="Problem">Why; holds no secret.</param>
    public sealed record Refused(string Problem) : NotifyResult;
}

/// <summary>A notifier was cancelled before it has sent anything that the receiver could take for the notification.</summary>
/// <param name="problem">What it was waiting for; holds no secret.</param>
/// <param name="cancel">Has cancelled it.</param>
public sealed class NothingSentException(string problem, CancellationToken cancel) : OperationCanceledException(problem, cancel);
