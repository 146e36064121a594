using System.Reactive.Linq;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Fails at once, so that a pipeline ends as it was restored and nothing is committed.</summary>
internal sealed class EndedSource : IViewSource
{
    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Throw<ViewBatch>(new EndOfStreamException());
}
