using System.Globalization;
using Rx.Alerting.Connectors.Simulation.Formats;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>One partition of played traffic: its batch, and how many views it had so far.</summary>
internal sealed class SimulatedPartition
{
    private readonly RecordEncoder encoder;
    private readonly IViewDecoder decoder;
    private readonly ViewBatch batch;
    private readonly long skip;
    private long count;

    public SimulatedPartition(int number, RecordEncoder encoder, IViewDecoder decoder, IReadOnlyDictionary<string, string> positions)
    {
        this.encoder = encoder;
        this.decoder = decoder;
        var name = string.Create(CultureInfo.InvariantCulture, $"simulated-{number}");
        batch = new ViewBatch(name);
        skip = positions.TryGetValue(name, out var position) ? long.Parse(position, CultureInfo.InvariantCulture) : 0;
    }

    /// <returns>False if the view is before the position to read from.</returns>
    public bool Add(in SimulatedView view, long arrival)
    {
        if (++count <= skip)
            return false;
        var length = encoder.Encode(view, batch.Reserve(RecordEncoder.MaximumRecordBytes));
        var line = batch.Commit(length);
        decoder.Decode(batch, line with { Length = length - 1 }, arrival);
        return true;
    }

    /// <summary>Pushes what was added, if anything.</summary>
    public void Push(IObserver<ViewBatch> observer)
    {
        if (batch.TextLength == 0)
            return;
        batch.Position = count.ToString(CultureInfo.InvariantCulture);
        observer.OnNext(batch);
        batch.Clear();
    }
}
