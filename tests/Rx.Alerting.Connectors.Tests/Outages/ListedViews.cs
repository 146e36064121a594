using System.Globalization;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Outages;

/// <summary>
/// A source of one partition with given views. It pushes as fast as they are taken, up to where a test allows. A position is a number of
/// views.
/// </summary>
internal sealed class ListedViews(IReadOnlyList<TestView> views) : IViewSource
{
    internal const int BatchViews = 100;
    private const string Partition = "listed";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);
    private int limit = views.Count;
    private int read;
    private int readings;
    private Exception? failure;

    /// <summary>How many views there are for now. The reading waits behind them, and ends behind the last of all views.</summary>
    internal int Limit
    {
        get => Volatile.Read(ref limit);
        set => Volatile.Write(ref limit, value);
    }

    /// <summary>The failure of a reading that waits. Null: it goes on waiting.</summary>
    internal Exception? Failure
    {
        get => Volatile.Read(ref failure);
        set => Volatile.Write(ref failure, value);
    }

    /// <summary>How far the latest reading is.</summary>
    internal int Read => Volatile.Read(ref read);

    /// <summary>How often reading has begun.</summary>
    internal int Readings => Volatile.Read(ref readings);

    IObservable<ViewBatch> IViewSource.Read(
        IReadOnlyDictionary<string, string> positions, IPartitionGate gate) => Observable.Create<ViewBatch>(observer =>
    {
        var stop = new CancellationDisposable();
        var from = positions.TryGetValue(Partition, out var position) ? int.Parse(position, CultureInfo.InvariantCulture) : 0;
        Interlocked.Increment(ref readings);
        _ = Task.Factory.StartNew(
            () => Push(from, gate, observer, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return stop;
    });

    private void Push(int from, IPartitionGate gate, IObserver<ViewBatch> observer, CancellationToken stop)
    {
        Push(observer, [], from);
        while (from < views.Count)
        {
            while (from >= Limit || !gate.IsOpen(Partition))
            {
                if (Failure is { } failed)
                {
                    observer.OnError(failed);
                    return;
                }

                if (stop.WaitHandle.WaitOne(Poll))
                    return;
            }

            var count = Math.Min(BatchViews, Limit - from);
            if (stop.IsCancellationRequested)
                return;
            Push(observer, views.Skip(from).Take(count), from + count);
            from += count;
        }

        observer.OnCompleted();
    }

    private void Push(IObserver<ViewBatch> observer, IEnumerable<TestView> pushed, int position)
    {
        var batch = TestBatches.Of(Partition, pushed);
        batch.Position = position.ToString(CultureInfo.InvariantCulture);
        observer.OnNext(batch);
        Volatile.Write(ref read, position);
    }
}
