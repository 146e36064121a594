namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Runs continuations on the calling thread, in the order in which they were posted: asynchronous code becomes deterministic.</summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> posted = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != thread)
            Environment.FailFast("Posted from another thread: what the seed decides would not be repeatable.");
        posted.Enqueue((d, state));
    }

    /// <summary>Runs what was posted, and what that posts, until nothing is left.</summary>
    public void RunAll()
    {
        while (posted.TryDequeue(out var next))
            next.Callback(next.State);
    }

    /// <summary>Does <paramref name="work"/> with this context as the current one.</summary>
    public static void Run(Action<SingleThread> work)
    {
        var before = Current;
        var context = new SingleThread();
        SetSynchronizationContext(context);
        try
        {
            work(context);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
