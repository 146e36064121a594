using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>Encodes the sampled views of a pane as bytes, in a fixed order.</summary>
internal static class PaneSampleEncoding
{
    public const string Layout =
        "samples [property bytes, failed bool, type bytes if failed, level i32, views [hash u64, values bytes, views i32]]";

    public static void Save(Pane pane, StateWriter writer)
    {
        if (pane.Samples is not { } samples)
        {
            writer.Int32(0);
            return;
        }

        var order = new SampleOrder();
        writer.Int32(samples.GroupCount);
        foreach (var group in order.Groups(pane))
        {
            writer.Bytes(pane.Text(pane.Cell(group.Cell).Name));
            writer.Boolean(group.Error >= 0);
            if (group.Error >= 0)
                writer.Bytes(pane.Text(pane.Error(group.Error).Type));
            writer.Int32(group.Level);
            writer.Int32(group.Count);
            foreach (var sample in order.Views(pane, group))
            {
                writer.UInt64(sample.Hash);
                writer.Bytes(pane.Text(sample.Values));
                writer.Int32(sample.Views);
            }
        }
    }

    /// <summary>Adds the views that <see cref="Save"/> wrote.</summary>
    public static void Load(Pane pane, StateReader reader)
    {
        for (var groups = reader.Count(); groups > 0; groups--)
        {
            var name = reader.Bytes();
            var property = pane.FindOrAddProperty(KeyHash.Of(name), name);
            var type = reader.Boolean() ? reader.Bytes() : null;
            var error = type is null ? -1 : pane.FindOrAddError(property, KeyHash.Of(type), type);
            var level = reader.Int32();
            pane.RaiseSamples(property, error, level);
            for (var views = reader.Count(); views > 0; views--)
                pane.AddSample(property, error, level, reader.UInt64(), reader.Bytes(), reader.Int32());
        }
    }
}
