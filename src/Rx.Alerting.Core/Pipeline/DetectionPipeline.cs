using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Views in, incidents out: one instance of the dataflow. Synchronous, single-threaded: when
/// <see cref="OnNext"/> returns, nothing is in flight.
/// </summary>
public sealed class DetectionPipeline : IObserver<ViewBatch>, IDisposable
{
    private readonly Subject<IncidentChange> changes = new();

    /// <exception cref="ArgumentException">The options have faults; the message names them all.</exception>
    public DetectionPipeline(PipelineOptions options)
    {
        var faults = options.Validate();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
    }

    /// <summary>Every change of every incident, in event-time order. Completes after the last batch is decided.</summary>
    public IObservable<IncidentChange> Changes => changes.AsObservable();

    public PipelineStatistics Statistics => new() { LateByProperty = new Dictionary<string, long>(), Rejected = new long[Enum.GetValues<RejectionReason>().Length] };

    public void OnNext(ViewBatch value)
    {
    }

    /// <summary>The stream has ended: everything counted so far is decided, open incidents stay open.</summary>
    public void OnCompleted() => changes.OnCompleted();

    public void OnError(Exception error) => changes.OnError(error);

    public void Dispose() => changes.Dispose();
}
