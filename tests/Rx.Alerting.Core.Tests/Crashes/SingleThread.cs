namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// Runs continuations on the calling thread, in the order in which they were posted. So asynchronous code is deterministic.
/// </summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> posted = new();
    private readonly int thread = Environment.CurrentManagedThreadId;
    private volatile bool hasStrayed;

    public override void Post(SendOrPostCallback d, object? state)
    {
        // Task.WhenAny posts in this way when a cancelled task ends it.
        if (Environment.CurrentManagedThreadId != thread)
            hasStrayed = true;
        else
            posted.Enqueue((d, state));
    }

    /// <summary>Runs all posted continuations, and those that they post, until none is left.</summary>
    public void RunAll()
    {
        while (posted.TryDequeue(out var next))
            next.Callback(next.State);
        Assert.False(hasStrayed, "Something went on in another thread: nothing could be repeated by its seed.");
    }

    /// <summary>Runs <paramref name="work"/> with this context as the current context.</summary>
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
