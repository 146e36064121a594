using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Tries;

/// <summary>
/// The work of a run: reads the stream once more, and gives every batch to two pipelines, one with the options in force and one with those
/// that are tried. They are the pipelines of <c>run</c> and <c>replay</c>, and have nothing in common with those that watch the stream.
/// </summary>
internal sealed class TryWork : IPartitionGate, IDisposable
{
    /// <summary>A source that gives nothing for so long gives nothing any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly TryRun run;
    private readonly TryBounds bounds;
    private readonly TimeProvider clock;
    private readonly DetectionPipeline current, tried;
    private readonly TryTally ofCurrent, ofTried;
    private readonly TryExtent extent;
    private readonly ViewBatch copy = new(string.Empty);
    private readonly ulong property;
    private readonly long begun;
    private long views, own, earlier, first = long.MaxValue, latestOwn = long.MinValue, shownAt;

    public TryWork(TryRun run, TryOptions options, TimeProvider clock)
    {
        (this.run, this.clock, begun) = (run, clock, clock.GetTimestamp());
        bounds = new(options, clock, begun);
        property = KeyHash.Of(run.Request.Property);
        (ofCurrent, ofTried) = (new(run.Request.Property), new(run.Request.Property));
        current = new(run.Request.Current);
        tried = new(run.Request.Tried);
        current.Changes.Subscribe(ofCurrent.Apply); // They end with the pipelines.
        tried.Changes.Subscribe(ofTried.Apply);
        var disorder = run.Request.Current.EventTime.MaximumOutOfOrderness;
        extent = new(run.ReadFrom.ToUnixTimeMilliseconds(), (run.To + disorder).ToUnixTimeMilliseconds());
    }

    /// <summary>Blocks the calling thread until the run has ended.</summary>
    /// <param name="source">Read from its beginning.</param>
    /// <param name="history">The incidents of the property that the service has told.</param>
    /// <param name="stop">The service stops.</param>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    /// <exception cref="Exception">Whatever made the source or a pipeline fail.</exception>
    public TryResult Run(IViewSource source, Func<IReadOnlyCollection<Incident>> history, CancellationToken stop)
    {
        var end = Read(source, stop);
        current.OnCompleted();
        tried.OnCompleted();
        return Found(end, history(), end == TryEnd.Stalled ? source.Trouble : null);
    }

    /// <summary>Both pipelines have the same partitions at the same time, so one gate is that of both.</summary>
    bool IPartitionGate.IsOpen(string partition) => extent.Wants(partition) && current.Alignment.IsOpen(partition);

    public void Dispose()
    {
        current.Dispose();
        tried.Dispose();
    }

    private TryEnd Read(IViewSource source, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, run.Cancelled);
        using var relay = new BatchRelay();
        // A source may push while it is subscribed to, and this thread takes what it pushes.
        using var reading = source.Read(new Dictionary<string, string>(), this).SubscribeOn(TaskPoolScheduler.Default).Subscribe(relay);
        var heard = clock.GetTimestamp();
        try
        {
            while (true)
            {
                var answer = relay.TryTake(Look, either.Token, Take);
                if (answer == true)
                    heard = clock.GetTimestamp();
                if (answer is null || extent.IsRead)
                    return TryEnd.Whole;
                if (bounds.Reached(views) is { } bound)
                    return bound;
                if (clock.GetElapsedTime(heard) >= Patience)
                    return TryEnd.Stalled;
                either.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (run.Cancelled.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return TryEnd.Cancelled;
        }
    }

    private void Take(ViewBatch given)
    {
        if (extent.Cut(given) is { } batch)
        {
            Count(batch);
            batch.CopyTo(copy);
            current.OnNext(batch);
            tried.OnNext(copy);
        }
        else
        {
            earlier += given.ViewCount;
        }

        if (shownAt == 0 || clock.GetElapsedTime(shownAt) >= Look)
        {
            shownAt = clock.GetTimestamp();
            Show();
        }
    }

    private void Count(ViewBatch batch)
    {
        views += batch.ViewCount;
        var from = run.ReadFrom.ToUnixTimeMilliseconds();
        foreach (ref readonly var view in batch.Views)
        {
            if (view.EventTime >= from)
                first = Math.Min(first, view.EventTime);
            if (view.PropertyHash != property)
                continue;
            own++;
            latestOwn = Math.Max(latestOwn, view.EventTime);
        }
    }

    private DateTimeOffset? First => first == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(first);

    private void Show() => run.Progress = new(views, own, earlier, First, current.Statistics.Watermark, clock.GetElapsedTime(begun));

    /// <summary>
    /// Event time stands behind the newest view by as much as views may be out of order. So what was read to its end may be whole all the
    /// same; unless much of it is not there any more.
    /// </summary>
    private DateTimeOffset Until(TryEnd end)
    {
        var reached = run.Progress.Reached ?? run.ReadFrom;
        var slack = run.Request.Current.EventTime.MaximumOutOfOrderness + run.Request.Current.Windows.PaneInterval;
        return reached >= run.To || (end == TryEnd.Whole && reached + slack >= run.To) ? run.To : reached;
    }

    private TryResult Found(TryEnd end, IReadOnlyCollection<Incident> history, string? trouble)
    {
        Show();
        var until = Until(end);
        var from = First is { } known ? TryLearning.Ends(run, known) : run.Wanted;
        var (now, other) = (TriedIncidents.Of(ofCurrent.All, from, until), TriedIncidents.Of(ofTried.All, from, until));
        return new()
        {
            End = end,
            First = First,
            LatestOfProperty = own > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(latestOwn) : null,
            From = from,
            Until = until,
            Current = now,
            Tried = other,
            Pairs = TriedPair.Of(now.Incidents, other.Incidents),
            Told = TriedIncidents.Of(history, from, until),
            IsCut = ofCurrent.IsFull || ofTried.IsFull,
            Trouble = trouble,
        };
    }
}
