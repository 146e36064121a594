using System.Reactive.Disposables;
using Rx.Alerting.Connectors.Gates;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// One reading of followed files, from subscription to end, on a thread of its own. It goes round and round: each log whose gate is open
/// and that has new views pushes a batch. All logs share one batch, because nothing is read while a batch is consumed.
/// </summary>
internal sealed class FollowReading(
    IReadOnlyDictionary<string, LogPosition> positions,
    IPartitionGate gate,
    FollowContext context) : IObservable<ViewBatch>
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);
    private IReadOnlyList<PartitionProgress> progress = [];
    private long? progressAt;

    /// <inheritdoc cref="IViewSource.Progress"/>
    /// <remarks>The thread of the reading renews it each second, because files are open on that thread only.</remarks>
    internal IReadOnlyList<PartitionProgress> Progress => Volatile.Read(ref progress);

    public IDisposable Subscribe(IObserver<ViewBatch> observer)
    {
        var disposal = new CancellationDisposable();
        new Thread(() => Run(observer, disposal.Token)) { IsBackground = true, Name = "follow" }.Start();
        return disposal;
    }

    private void Run(IObserver<ViewBatch> observer, CancellationToken stop)
    {
        using var logs = new FollowedLogs(positions, context);
        var batch = new ViewBatch(string.Empty);
        try
        {
            logs.Start();
            foreach (var unread in logs.Unread())
            {
                stop.ThrowIfCancellationRequested();
                observer.OnNext(unread);
            }

            Announce(logs, batch, observer, stop);
            while (!stop.IsCancellationRequested)
            {
                Round(logs, batch, observer, stop);
                Publish(logs);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The subscription has ended.
        }
        catch (Exception e)
        {
            // Exceptions of the observer, too: nobody else would hear of them, because this thread is ours.
            observer.OnError(e);
        }
        finally
        {
            Volatile.Write(ref progress, []);
        }
    }

    private void Publish(FollowedLogs logs)
    {
        if (progressAt is { } at && context.Time.GetElapsedTime(at) < ProgressInterval)
            return;
        progressAt = context.Time.GetTimestamp();
        Volatile.Write(ref progress, [.. logs.All.Select(log => log.Progress)]);
    }

    private void Round(FollowedLogs logs, ViewBatch batch, IObserver<ViewBatch> observer, CancellationToken stop)
    {
        if (logs.Discover())
            Announce(logs, batch, observer, stop);
        var wait = logs.Due;
        foreach (var log in logs.All)
        {
            stop.ThrowIfCancellationRequested();
            log.IsPaused = !gate.IsOpen(log.Name);
            if (log.IsPaused)
            {
                if (log.TryHold(batch))
                    observer.OnNext(batch);
                wait = Shorter(wait, ClosedGates.Interval);
                continue;
            }

            if (log.TryFill(batch))
                observer.OnNext(batch);
            wait = Shorter(wait, log.Due);
        }

        logs.RemoveFinished();
        if (wait > TimeSpan.Zero)
            Task.Delay(wait, context.Time, stop).GetAwaiter().GetResult();
    }

    /// <summary>Announces all new logs, before any of them pushes views.</summary>
    private static void Announce(FollowedLogs logs, ViewBatch batch, IObserver<ViewBatch> observer, CancellationToken stop)
    {
        foreach (var log in logs.All.Where(log => !log.IsAnnounced))
        {
            stop.ThrowIfCancellationRequested();
            log.Announce(batch);
            observer.OnNext(batch);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
