namespace Rx.Alerting.Core.Effects;

/// <summary>When effects were posted to a courier: for each post with a new effect, its latest effect and the time.</summary>
/// <param name="clock">Processing time.</param>
/// <param name="acknowledged">The latest effect that the channel has already.</param>
internal sealed class PostTimes(TimeProvider clock, long acknowledged)
{
    private readonly Queue<(long Latest, long At)> posts = [];
    private long latest = acknowledged;

    /// <summary>An outbox was posted. What it has dropped is forgotten.</summary>
    public void Take(IReadOnlyList<Effect> outbox)
    {
        if (outbox.Count == 0)
            return;
        while (posts.TryPeek(out var post) && post.Latest < outbox[0].Sequence)
            posts.Dequeue();
        if (outbox[^1].Sequence <= latest)
            return;
        latest = outbox[^1].Sequence;
        posts.Enqueue((latest, clock.GetTimestamp()));
    }

    /// <summary>Forgets what is delivered.</summary>
    /// <param name="oldest">The first delivered effect.</param>
    /// <param name="newest">The last delivered effect.</param>
    /// <returns>How long the oldest effect has waited.</returns>
    public TimeSpan Deliver(long oldest, long newest)
    {
        while (posts.TryPeek(out var earlier) && earlier.Latest < oldest)
            posts.Dequeue();
        var waited = posts.TryPeek(out var first) ? clock.GetElapsedTime(first.At) : TimeSpan.Zero;
        while (posts.TryPeek(out var post) && post.Latest <= newest)
            posts.Dequeue();
        return waited;
    }
}
