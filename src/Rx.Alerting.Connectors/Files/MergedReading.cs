using System.Reactive.Disposables;
using Rx.Alerting.Connectors.Gates;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// Pushes the batches of all partitions from one thread. First come as many empty batches as there are partitions, so that
/// whoever merges watermarks knows of all of them; then it is always the turn of the partition whose newest views are the
/// oldest, of the first one if several are. The order depends on the contents alone, and on what the gate closes: a partition that is
/// closed has no turn, and while all are, the gate is asked again every <see cref="ClosedGates.Interval"/>.
/// </summary>
internal sealed class MergedReading(Func<IReadOnlyList<PartitionReader>> begin, IPartitionGate gate, FileSourceOptions options) : IObservable<ViewBatch>
{
    public IDisposable Subscribe(IObserver<ViewBatch> observer)
    {
        var cancellation = new CancellationDisposable();
        new Thread(() => Run(observer, cancellation.Token)) { IsBackground = true, Name = "files" }.Start();
        return cancellation;
    }

    private void Run(IObserver<ViewBatch> observer, CancellationToken cancellation)
    {
        var scheduler = options.MaximumDegreeOfParallelism == 1
            ? null
            : new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, options.MaximumDegreeOfParallelism - 1).ConcurrentScheduler;
        PartitionAhead[] partitions = [];
        try
        {
            cancellation.ThrowIfCancellationRequested();
            partitions = [.. begin().Select(reader => new PartitionAhead(reader, scheduler))];
            foreach (var partition in partitions)
            {
                cancellation.ThrowIfCancellationRequested();
                observer.OnNext(new ViewBatch(partition.Name));
            }

            Push(partitions, observer, cancellation);
            observer.OnCompleted();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody is listening any more.
        }
        catch (Exception e)
        {
            // Also what the observer itself threw: on this thread nobody else would hear of it.
            observer.OnError(e);
        }
        finally
        {
            foreach (var partition in partitions)
                partition.Dispose();
        }
    }

    private void Push(PartitionAhead[] partitions, IObserver<ViewBatch> observer, CancellationToken cancellation)
    {
        foreach (var partition in partitions)
            partition.Start();
        while (!Array.TrueForAll(partitions, partition => partition.Finished))
        {
            if (OldestOpen(partitions) is not { } partition)
            {
                ClosedGates.WaitAsync(options.Clock, cancellation).GetAwaiter().GetResult();
                continue;
            }

            var batch = partition.Take(cancellation);
            cancellation.ThrowIfCancellationRequested();
            observer.OnNext(batch);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private PartitionAhead? OldestOpen(PartitionAhead[] partitions)
    {
        PartitionAhead? oldest = null;
        foreach (var partition in partitions)
        {
            if (!partition.Finished && (oldest is null || partition.Newest < oldest.Newest) && gate.IsOpen(partition.Name))
                oldest = partition;
        }

        return oldest;
    }
}
