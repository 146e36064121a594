using System.Reactive.Linq;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>A source whose behaviour is given by the test.</summary>
internal sealed class ScriptedSource(IObservable<ViewBatch> batches) : IViewSource
{
    public static ScriptedSource Silent => new(Observable.Never<ViewBatch>());

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) => batches;
}
