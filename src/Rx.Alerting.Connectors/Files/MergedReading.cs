using System.Reactive.Disposables;
using Rx.Alerting.Connectors.Gates;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>One reading of files. Merges the partitions by event time, and pushes their batches from one thread.</summary>
/// <remarks>
/// <list type="number">
/// <item>Every partition is announced by an empty batch, so that the merge of watermarks knows all partitions.</item>
/// <item>Then it is always the turn of the partition whose newest views are the oldest; of several, of the first.</item>
/// <item>A partition whose gate is closed has no turn. While all gates are closed, they are asked again every
/// <see cref="ClosedGates.Interval"/>.</item>
/// </list>
/// So the order depends on the contents and the gates alone.
/// </remarks>
internal sealed class MergedReading(
    Func<IReadOnlyList<PartitionReader>> begin,
    IPartitionGate gate,
    FileSourceOptions options) : IObservable<ViewBatch>
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
            // The subscription has ended.
        }
        catch (Exception e)
        {
            // Exceptions of the observer, too: nobody else would hear of them, because this thread is ours.
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
