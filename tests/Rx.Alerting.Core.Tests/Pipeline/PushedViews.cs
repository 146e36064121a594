using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>A source whose views a test pushes.</summary>
internal sealed class PushedViews(IObservable<ViewBatch> views) : IViewSource
{
    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) => views;
}
