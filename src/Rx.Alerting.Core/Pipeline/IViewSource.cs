using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>A stream of views in partitions.</summary>
public interface IViewSource
{
    /// <summary>
    /// Reads from <paramref name="positions"/> (by partition; a partition without one starts where the source's options
    /// say). Cold: reading starts on subscription and stops on disposal. Batches are pushed from one thread at a time, and
    /// the next one is not pushed before <c>OnNext</c> has returned, which is the source's backpressure. Completes when
    /// every partition has finished; fails when the source cannot go on.
    /// </summary>
    IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions);
}
