using System.Reactive.Linq;
using Rx.Alerting.Connectors.Gates;
using Rx.Alerting.Connectors.Simulation.Formats;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Endless simulated traffic, played at <see cref="SimulationOptions.Speed"/>.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Views take the way of real views: they are encoded as Mux JSON, and decoded again.</item>
/// <item>A position is the number of the partition's views so far. The same options make the same views. So the source reads on from a
/// position by making and dropping the views before it.</item>
/// <item>All partitions are made together. So a partition whose gate stays closed for more than 65,536 of its views stops the
/// others.</item>
/// </list>
/// </remarks>
public sealed class SimulatedViewSource : IViewSource
{
    private const int MaximumBatchViews = 1024;

    /// <summary>The most processing time that a batch covers, so that slow traffic does not come in lumps.</summary>
    private static readonly TimeSpan BatchInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The largest lag that is caught up. After a larger lag, the pace begins anew.</summary>
    private static readonly TimeSpan MaximumLag = TimeSpan.FromSeconds(1);

    private readonly SimulationOptions options;
    private readonly IViewDecoder decoder;
    private readonly TimeProvider clock;

    /// <param name="options">The traffic to play. <see cref="SimulationOptions.Format"/> does not matter.</param>
    /// <param name="decoder">Decodes Mux JSON.</param>
    /// <param name="clock">Paces the traffic.</param>
    /// <exception cref="ArgumentException">Options have faults. The message names all of them.</exception>
    public SimulatedViewSource(SimulationOptions options, IViewDecoder decoder, TimeProvider clock)
    {
        options.ThrowIfFaulty();
        this.options = options;
        this.decoder = decoder;
        this.clock = clock;
    }

    /// <inheritdoc/>
    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Create<ViewBatch>((observer, stop) => Task.Run(() => PlayAsync(observer, positions, gate, stop), stop));

    private async Task PlayAsync(
        IObserver<ViewBatch> observer,
        IReadOnlyDictionary<string, string> positions,
        IPartitionGate gate,
        CancellationToken stop)
    {
        var generator = new TrafficGenerator(options, endless: true);
        var partitions = new SimulatedPartition[options.Partitions];
        var encoder = new MuxJsonEncoder(generator.World);
        for (var i = 0; i < partitions.Length; i++)
            partitions[i] = new SimulatedPartition(i, encoder, decoder, positions);

        foreach (var partition in partitions)
        {
            stop.ThrowIfCancellationRequested();
            partition.Announce(observer);
        }

        var pace = new SimulationPace(clock, options.Speed, MaximumLag);
        var batchMs = BatchInterval.TotalMilliseconds * options.Speed;
        var slice = new List<SimulatedView>();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var time = generator.Time;
            slice.Clear();
            if (generator.TryNext(out var views))
                slice.AddRange(views);
            var step = (int)Math.Clamp(slice.Count * batchMs / TrafficGenerator.SliceMs, 1, MaximumBatchViews);
            for (var from = 0; from < slice.Count; from += step)
            {
                var to = Math.Min(from + step, slice.Count);
                var arrival = time + (TrafficGenerator.SliceMs * to / slice.Count);
                if (Fill(partitions, slice, from, to, arrival))
                    await pace.WaitAsync(arrival, stop);
                await PushAsync(partitions, observer, gate, stop);
            }
        }
    }

    /// <summary>Pushes the views of open partitions. Waits while all gates are closed, or a partition is full.</summary>
    private async ValueTask PushAsync(
        SimulatedPartition[] partitions, IObserver<ViewBatch> observer, IPartitionGate gate, CancellationToken stop)
    {
        while (true)
        {
            foreach (var partition in partitions)
                partition.Push(observer, gate, stop);
            if (!Array.Exists(partitions, partition => partition.IsFull)
                && Array.Exists(partitions, partition => gate.IsOpen(partition.Name)))
            {
                return;
            }

            await ClosedGates.WaitAsync(clock, stop);
        }
    }

    /// <returns>False if all these views are before the positions at which reading begins.</returns>
    private static bool Fill(SimulatedPartition[] partitions, List<SimulatedView> views, int from, int to, long arrival)
    {
        var any = false;
        for (var i = from; i < to; i++)
        {
            var view = views[i];
            any |= partitions[PartitionFiles.PartitionOf(view, partitions.Length)].Add(view, arrival);
        }

        return any;
    }
}
