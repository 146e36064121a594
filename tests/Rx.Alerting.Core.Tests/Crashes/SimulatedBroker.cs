using System.Globalization;
using System.Reactive.Linq;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Partitions of views, pushed one batch at a time when the simulation says so. A position is a number of views; a partition finishes with its last one.</summary>
internal sealed class SimulatedBroker(IReadOnlyList<IReadOnlyList<TestView>> partitions, SplitMix random) : IViewSource
{
    private IObserver<ViewBatch>? reader;
    private IPartitionGate gate = OpenGate.Instance;
    private int[] read = [];

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) => Observable.Create<ViewBatch>(observer =>
    {
        (reader, this.gate) = (observer, gate);
        read = [.. partitions.Select((_, i) => positions.TryGetValue(Name(i), out var position) ? int.Parse(position, CultureInfo.InvariantCulture) : 0)];
        foreach (var i in Enumerable.Range(0, partitions.Count).Where(i => read[i] < partitions[i].Count))
            observer.OnNext(new ViewBatch(Name(i)) { Position = Position(i) });
        return () => reader = reader == observer ? null : reader;
    });

    /// <summary>Nobody is told of the crash of a process: its reading just ends.</summary>
    public void Disconnect() => reader = null;

    /// <summary>Pushes a batch of some views of a partition that is open; after the last views the stream completes.</summary>
    public void Push()
    {
        if (reader is not { } observer)
            return;
        int[] left = [.. Enumerable.Range(0, partitions.Count).Where(i => read[i] < partitions[i].Count)];
        if (left.Length == 0)
        {
            reader = null;
            observer.OnCompleted();
            return;
        }

        int[] open = [.. left.Where(i => gate.IsOpen(Name(i)))];
        if (open.Length == 0)
            return;
        var partition = open[random.Next(open.Length)];
        var views = partitions[partition].Skip(read[partition]).Take(1 + random.Next(60)).ToList();
        read[partition] += views.Count;
        var batch = TestBatches.Of(Name(partition), views);
        batch.Position = Position(partition);
        batch.Status = read[partition] == partitions[partition].Count ? PartitionStatus.Finished : PartitionStatus.Active;
        observer.OnNext(batch);
    }

    private static string Name(int partition) => $"partition-{partition}";

    private string Position(int partition) => read[partition].ToString(CultureInfo.InvariantCulture);
}
