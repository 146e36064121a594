using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Reads one batch of a partition ahead: a batch is filled on another thread while the batch before it is consumed.</summary>
/// <param name="reader">Fills the batches.</param>
/// <param name="scheduler">Runs the reader. Null: no batch is read ahead, but filled when it is taken.</param>
internal sealed class PartitionAhead(PartitionReader reader, TaskScheduler? scheduler) : IDisposable
{
    private ViewBatch free = new(reader.Input.Path);
    private ViewBatch filled = new(reader.Input.Path);
    private Task filling = Task.CompletedTask;

    /// <summary>
    /// The median event time of the latest views given, in ms since 1970. The partition with the smallest has the next turn.
    /// </summary>
    internal long Newest { get; private set; } = long.MinValue;

    internal bool Finished { get; private set; }

    internal string Name => reader.Input.Path;

    /// <summary>Begins to fill the next batch.</summary>
    internal void Start()
    {
        if (scheduler is not null)
            filling = Task.Factory.StartNew(() => reader.Fill(filled), CancellationToken.None, TaskCreationOptions.None, scheduler);
    }

    /// <summary>Gives the next batch. It is valid until the next call.</summary>
    internal ViewBatch Take(CancellationToken cancellation)
    {
        if (scheduler is null)
        {
            // The same batch again, because its memory is still in the processor's caches.
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
        filling.ContinueWith(
            _ => reader.Input.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    /// <summary>The median event time of the last views, so that a few absurd event times do not stop a partition's turns.</summary>
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
