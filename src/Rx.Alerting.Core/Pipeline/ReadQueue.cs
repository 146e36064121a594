namespace Rx.Alerting.Core.Pipeline;

/// <summary>Questions about the state of a pipeline, which are answered step by step between two batches. Thread-safe.</summary>
/// <remarks>
/// The pipeline takes one step after each batch. While it rests, whoever asks takes the steps. So neither waits for the other for long.
/// </remarks>
/// <param name="clock">Paces whoever waits for a pipeline that is busy.</param>
internal sealed class ReadQueue(TimeProvider clock)
{
    /// <summary>More questions are not taken at a time.</summary>
    public const int MaximumWaiting = 100;

    /// <summary>While the pipeline is busy, whoever asks looks so often whether it has come to rest.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly Lock sync = new();
    private readonly Queue<Question> waiting = [];
    private Func<bool?>? step;

    /// <summary>Whether a question waits for its next step.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (sync)
                return waiting.Count > 0;
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="begin">Begins to look, with the pipeline at rest. What it gives takes a step: null if it needs another.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null: the pipeline does not run, or it has stopped before the answer was found.</returns>
    /// <exception cref="ReadRefusedException">Too many questions wait.</exception>
    public async Task<T?> AskAsync<T>(Func<DetectionPipeline, Func<T?>> begin, CancellationToken cancel)
        where T : class
    {
        var question = new Question<T>(begin, cancel);
        lock (sync)
        {
            if (step is null)
                return null;
            if (waiting.Count >= MaximumWaiting)
                throw new ReadRefusedException($"{MaximumWaiting} questions about error rates wait. Ask again later.");
            waiting.Enqueue(question);
        }

        await Task.Yield(); // Whoever asks may be in the middle of a batch.
        while (!question.Done.Task.IsCompleted)
        {
            if (!TryStep())
                await Task.WhenAny(question.Done.Task, Task.Delay(Interval, clock, CancellationToken.None)).ConfigureAwait(false);
        }

        return await question.Done.Task.ConfigureAwait(false);
    }

    /// <summary>A pipeline begins to run.</summary>
    /// <param name="takeStep">Has <see cref="Step"/> called if the pipeline rests. False: it is busy. Null: it has ended.</param>
    public void Begin(Func<bool?> takeStep)
    {
        lock (sync)
            step = takeStep;
    }

    /// <summary>The pipeline has ended. What waits has no answer.</summary>
    public void End()
    {
        Question[] unanswered;
        lock (sync)
        {
            step = null;
            unanswered = [.. waiting];
            waiting.Clear();
        }

        foreach (var question in unanswered)
            question.End();
    }

    /// <summary>Takes one step of the question whose turn it is. The pipeline is quiescent.</summary>
    public void Step(DetectionPipeline pipeline)
    {
        Question? question;
        lock (sync)
        {
            if (!waiting.TryDequeue(out question))
                return;
        }

        if (question.Step(pipeline))
            return;
        lock (sync)
        {
            if (step is not null)
            {
                waiting.Enqueue(question);
                return;
            }
        }

        question.End();
    }

    /// <returns>False: the pipeline is busy, and takes a step after its batch.</returns>
    private bool TryStep()
    {
        Func<bool?>? take;
        lock (sync)
            take = step;
        if (take?.Invoke() is { } isTaken)
            return isTaken;
        End();
        return true;
    }

    private abstract class Question
    {
        /// <returns>Whether nobody waits any more.</returns>
        public abstract bool Step(DetectionPipeline pipeline);

        public abstract void End();
    }

    private sealed class Question<T>(Func<DetectionPipeline, Func<T?>> begin, CancellationToken cancel) : Question
        where T : class
    {
        private Func<T?>? next;

        public TaskCompletionSource<T?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool Step(DetectionPipeline pipeline)
        {
            if (cancel.IsCancellationRequested)
                return Done.TrySetCanceled(cancel);
            try
            {
                next ??= begin(pipeline);
                return next() is { } answer && Done.TrySetResult(answer);
            }
            catch (Exception fault)
            {
                return Done.TrySetException(fault); // A question must not harm the pipeline.
            }
        }

        public override void End() => Done.TrySetResult(null);
    }
}
