using System.Globalization;
using Rx.Alerting.Connectors.Simulation.Formats;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>One partition of played traffic: views that wait to be pushed, and the number of views so far.</summary>
internal sealed class SimulatedPartition
{
    private const int MaximumBatchViews = 1024;
    private const int MaximumWaiting = 64 << 10;

    private readonly RecordEncoder encoder;
    private readonly IViewDecoder decoder;
    private readonly ViewBatch batch;
    private readonly Queue<(SimulatedView View, long Arrival)> waiting = [];
    private readonly long skip;
    private long count;

    public SimulatedPartition(int number, RecordEncoder encoder, IViewDecoder decoder, IReadOnlyDictionary<string, string> positions)
    {
        this.encoder = encoder;
        this.decoder = decoder;
        Name = string.Create(CultureInfo.InvariantCulture, $"simulated-{number}");
        batch = new ViewBatch(Name);
        skip = positions.TryGetValue(Name, out var position) ? long.Parse(position, CultureInfo.InvariantCulture) : 0;
    }

    public string Name { get; }

    /// <summary>Back-pressure: whether so many views wait that no more may be made.</summary>
    public bool IsFull => waiting.Count >= MaximumWaiting;

    /// <returns>False if the view is before the position at which reading begins.</returns>
    public bool Add(in SimulatedView view, long arrival)
    {
        if (count < skip)
        {
            count++;
            return false;
        }

        waiting.Enqueue((view, arrival));
        return true;
    }

    /// <summary>Tells the observer that the partition exists.</summary>
    public void Announce(IObserver<ViewBatch> observer) => observer.OnNext(batch);

    /// <summary>Pushes waiting views while the gate is open.</summary>
    public void Push(IObserver<ViewBatch> observer, IPartitionGate gate, CancellationToken stop)
    {
        while (waiting.Count > 0 && gate.IsOpen(Name))
        {
            stop.ThrowIfCancellationRequested();
            batch.Clear();
            for (var i = 0; i < MaximumBatchViews && waiting.TryDequeue(out var next); i++)
                Encode(next.View, next.Arrival);
            batch.Position = count.ToString(CultureInfo.InvariantCulture);
            observer.OnNext(batch);
        }
    }

    private void Encode(in SimulatedView view, long arrival)
    {
        count++;
        var length = encoder.Encode(view, batch.Reserve(RecordEncoder.MaximumRecordBytes));
        var line = batch.Commit(length);
        decoder.Decode(batch, line with { Length = length - 1 }, arrival);
    }
}
