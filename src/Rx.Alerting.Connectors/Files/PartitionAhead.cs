using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Two batches of one partition: one is being consumed while the next one is filled on another thread.</summary>
/// <param name="reader">Fills the batches.</param>
/// <param name="scheduler">Where that is done; null: at once, when the batch is wanted.</param>
internal sealed class PartitionAhead(PartitionReader reader, TaskScheduler? scheduler) : IDisposable
{
    private ViewBatch free = new(reader.Input.Path);
    private ViewBatch filled = new(reader.Input.Path);
    private Task filling = Task.CompletedTask;

    /// <summary>Event time of the newest views given so far, milliseconds since the epoch; decides whose turn is next.</summary>
    internal long Newest { get; private set; } = long.MinValue;

    internal bool Finished { get; private set; }

    internal string Name => reader.Input.Path;

    /// <summary>Begins to fill the first batch.</summary>
    internal void Start()
    {
        if (scheduler is not null)
            filling = Task.Factory.StartNew(() => reader.Fill(filled), CancellationToken.None, TaskCreationOptions.None, scheduler);
    }

    /// <summary>The next batch, good until the next call.</summary>
    internal ViewBatch Take(CancellationToken cancellation)
    {
        if (scheduler is null)
        {
            // The same one again: what was in it is still near the processor.
            reader.Fill(free);
        }
        else
        {
            filling.WaitAsync(cancellation).GetAwaiter().GetResult();
            (free, filled) = (filled, free);
        }

        Finished = reader.Finished;
        if (!Finished)
            Start();
        Newest = NewestOf(free.Views, Newest);
        return free;
    }

    /// <summary>Closes the file as soon as nothing is reading it.</summary>
    public void Dispose() =>
        filling.ContinueWith(_ => reader.Input.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>The median of the last views, so that a few absurd event times do not stop a partition's turns.</summary>
    private static long NewestOf(ReadOnlySpan<View> views, long before)
    {
        Span<long> times = stackalloc long[15];
        times = times[..Math.Min(times.Length, views.Length)];
        for (var i = 0; i < times.Length; i++)
            times[i] = views[^(i + 1)].EventTime;
        times.Sort();
        return times.IsEmpty ? before : times[times.Length / 2];
    }
}
