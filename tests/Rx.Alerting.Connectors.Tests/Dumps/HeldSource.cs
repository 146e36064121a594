using System.Reactive.Linq;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Dumps;

/// <summary>A source that calls a test before each batch, between two batches, and is held up as long as the test likes.</summary>
internal sealed class HeldSource(IViewSource source, Action<int> before) : IViewSource
{
    private int batches;

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        source.Read(positions, gate).Do(_ => before(batches++));
}
