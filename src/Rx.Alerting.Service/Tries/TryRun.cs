using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Tries;

/// <summary>One run, from its begin until it is forgotten. Thread-safe.</summary>
/// <param name="id">Chosen by whoever asks for it.</param>
/// <param name="request">What is tried.</param>
/// <param name="begun">When, by this machine's clock.</param>
/// <param name="to">The event time up to which is compared: what was reached when it began.</param>
internal sealed class TryRun(string id, TryRequest request, DateTimeOffset begun, DateTimeOffset to) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private TryProgress progress = new(0, 0, 0, null, null, TimeSpan.Zero);
    private TryResult? result;
    private string? failure;

    public string Id => id;

    public TryRequest Request => request;

    public DateTimeOffset Begun => begun;

    public DateTimeOffset To => to;

    /// <summary>Where the comparison begins if the source reaches back far enough.</summary>
    public DateTimeOffset Wanted => Back(to, request.Last);

    /// <summary>Where reading begins.</summary>
    public DateTimeOffset ReadFrom => Back(Wanted, request.Learning);

    public TryProgress Progress
    {
        get => Volatile.Read(ref progress);
        set => Volatile.Write(ref progress, value);
    }

    /// <summary>Null: it goes on, or has failed.</summary>
    public TryResult? Result => Volatile.Read(ref result);

    /// <summary>Why it has failed, as a sentence. Null: it has not.</summary>
    public string? Failure => Volatile.Read(ref failure);

    public bool IsUnderWay => Result is null && Failure is null;

    /// <summary>Cancelled when somebody wants it to end.</summary>
    public CancellationToken Cancelled => cancellation.Token;

    /// <summary>What is read, as a clause.</summary>
    public required string Input { get; init; }

    /// <summary>Whether it was under way.</summary>
    public bool Cancel()
    {
        if (!IsUnderWay)
            return false;
        cancellation.Cancel();
        return true;
    }

    public void End(TryResult found) => Volatile.Write(ref result, found);

    public void Fail(string why) => Volatile.Write(ref failure, IncidentWords.Printable(why));

    public void Dispose() => cancellation.Dispose();

    private static DateTimeOffset Back(DateTimeOffset time, TimeSpan span) =>
        time - DateTimeOffset.UnixEpoch > span ? time - span : DateTimeOffset.UnixEpoch;
}
