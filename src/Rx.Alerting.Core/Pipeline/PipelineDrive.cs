using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Pushes a source through a pipeline: one reading, live or from files.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>The pipeline runs on the thread that the source pushes from, never on two threads at a time. Commands run between two batches, on
/// the thread that brings them.</item>
/// <item>The pipeline is quiescent between two batches. Whoever takes <see cref="Quiescence"/> finds the pipeline so.</item>
/// <item>After <see cref="Stop"/> nothing is pushed any more.</item>
/// </list>
/// </remarks>
/// <param name="pipeline">Gets every batch, and its completion if the source completes.</param>
/// <param name="pushed">Called after each batch with its views, and after the completion with 0. The pipeline is quiescent.</param>
/// <param name="mayRead">Whether the source may read on at all; null: always. The pipeline is quiescent.</param>
public sealed class PipelineDrive(DetectionPipeline pipeline, Action<int> pushed, Func<bool>? mayRead = null)
    : IObserver<ViewBatch>, IPartitionGate
{
    private readonly TaskCompletionSource ended = new();
    private readonly CancellationTokenSource failed = new();
    private bool stopped;
    private bool isAtEnd;
    private long steps;
    private long step;

    /// <summary>Held while the pipeline runs.</summary>
    internal Lock Quiescence { get; } = new();

    /// <summary>
    /// The number of the step that is under way: a batch, a command, or a snapshot, none of which waits for anybody outside the process.
    /// 0: the pipeline rests, or waits. A number that stays for long tells a pipeline that hangs. Thread-safe.
    /// </summary>
    internal long Step => Volatile.Read(ref step);

    /// <summary>Completes when the source has been read to its end. Fails with whatever made the source or the pipeline fail.</summary>
    public Task Ended => ended.Task;

    /// <summary>Cancelled when the source or the pipeline has failed.</summary>
    internal CancellationToken Failed => failed.Token;

    /// <summary>True if the pipeline has failed in the middle of a batch: its state must not be committed.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>Reads until the source ends, or until <paramref name="stop"/>. Blocks the calling thread.</summary>
    /// <returns>True when the source was read to its end, false when <paramref name="stop"/> came first.</returns>
    /// <exception cref="Exception">Whatever made the source or the pipeline fail.</exception>
    public bool Run(IViewSource source, CancellationToken stop)
    {
        using (Start(source))
            Wait(stop);
        Stop();
        if (!ended.Task.IsCompleted)
            return false;
        ended.Task.GetAwaiter().GetResult();
        return true;
    }

    /// <summary>Begins to read from the positions of the pipeline; disposal ends the reading.</summary>
    internal IDisposable Start(IViewSource source) => source.Read(new Dictionary<string, string>(pipeline.Positions), this).Subscribe(this);

    /// <summary>Nothing is pushed any more.</summary>
    internal void Stop()
    {
        lock (Quiescence)
            stopped = true;
    }

    /// <summary>Does a step. The caller holds <see cref="Quiescence"/>.</summary>
    internal void Work(Action act)
    {
        Volatile.Write(ref step, ++steps);
        try
        {
            act();
        }
        finally
        {
            Volatile.Write(ref step, 0);
        }
    }

    /// <summary>Does something between two batches.</summary>
    /// <returns>False if nothing runs any more, or it has failed. Then nothing was done.</returns>
    internal bool Between(Action act)
    {
        var isDone = Push(act, 0);
        Complete();
        return isDone;
    }

    /// <summary>Looks at the pipeline, if it rests just now.</summary>
    /// <param name="look">Changes nothing.</param>
    /// <returns>False: the pipeline is busy. Null: nothing runs any more, or it has failed.</returns>
    internal bool? TryRead(Action look)
    {
        if (!Quiescence.TryEnter())
            return false;
        try
        {
            if (stopped || IsBroken)
                return null;
            Work(look);
            return true;
        }
        finally
        {
            Quiescence.Exit();
        }
    }

    bool IPartitionGate.IsPaused
    {
        get
        {
            lock (Quiescence)
                return pipeline.Paused is not null;
        }
    }

    bool IPartitionGate.IsOpen(string partition)
    {
        lock (Quiescence)
            return mayRead?.Invoke() != false && pipeline.Paused is null && pipeline.Alignment.IsOpen(partition);
    }

    void IObserver<ViewBatch>.OnNext(ViewBatch value)
    {
        var views = value.ViewCount;
        Push(() => pipeline.OnNext(value), views);
    }

    void IObserver<ViewBatch>.OnCompleted()
    {
        lock (Quiescence)
            isAtEnd = true;
        Complete();
    }

    void IObserver<ViewBatch>.OnError(Exception error) => Fail(error);

    /// <summary>The source has been read to its end. A pipeline that is paused takes that in when it goes on.</summary>
    private void Complete()
    {
        lock (Quiescence)
        {
            if (!isAtEnd || pipeline.Paused is not null)
                return;
        }

        if (!Push(TakeEnd, 0) || !pipeline.HasCompleted)
            return;
        Stop();
        ended.TrySetResult();

        void TakeEnd()
        {
            if (pipeline is { Paused: null, HasCompleted: false })
                pipeline.OnCompleted();
        }
    }

    private bool Push(Action push, int views)
    {
        try
        {
            lock (Quiescence)
            {
                if (stopped)
                    return false;
                IsBroken = true;
                Work(() =>
                {
                    push();
                    pushed(views);
                });
                IsBroken = false;
                return true;
            }
        }
        catch (Exception failure)
        {
            Fail(failure);
            return false;
        }
    }

    private void Fail(Exception failure)
    {
        Stop();
        ended.TrySetException(failure);
        failed.Cancel();
    }

    private void Wait(CancellationToken stop)
    {
        try
        {
            Task.WaitAny([ended.Task], stop);
        }
        catch (OperationCanceledException)
        {
            // Stopping is an answer, not a failure.
        }
    }
}
