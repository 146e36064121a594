using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>Encodes a pane as bytes: its cells, each with its errors by type.</summary>
internal static class PaneEncoding
{
    public const string Layout =
        "start i64, cells [isProperty bool, property bytes, title bytes if !isProperty, views i32, "
        + "errors [type bytes, count i32, evidenceTime i64, message bytes, videoTitle bytes]], " + PaneLate.Layout
        + ", " + PaneSampleEncoding.Layout;

    /// <param name="pane">The pane.</param>
    /// <param name="order">The fixed order of cells. Null: cells are written as they are, in the order in which their first views
    /// came.</param>
    /// <param name="writer">Where the bytes go.</param>
    public static void Save(Pane pane, PaneOrder? order, StateWriter writer)
    {
        writer.Int64(pane.Start);
        writer.Int32(pane.CellCount);
        var ordered = order is null ? default : order.Of(pane);
        for (var i = 0; i < pane.CellCount; i++)
        {
            var index = order is null ? i : ordered[i];
            ref readonly var cell = ref pane.Cell(index);
            var isProperty = cell.IsProperty(index);
            writer.Boolean(isProperty);
            writer.Bytes(pane.Text(pane.Cell(cell.Property).Name));
            if (!isProperty)
                writer.Bytes(pane.Text(cell.Name));
            writer.Int32(cell.Views);
            SaveErrors(pane, cell.FirstError, writer);
        }

        PaneLate.Save(pane.Late, writer);
        PaneSampleEncoding.Save(pane, writer);
    }

    /// <summary>Adds the counts that <see cref="Save"/> wrote. The pane's start must have been read already.</summary>
    public static void Load(Pane pane, StateReader reader)
    {
        for (var cells = reader.Count(); cells > 0; cells--)
        {
            var isProperty = reader.Boolean();
            var name = reader.Bytes();
            var cell = pane.FindOrAddProperty(KeyHash.Of(name), name);
            if (!isProperty)
            {
                var title = reader.Bytes();
                cell = pane.FindOrAddTitle(cell, KeyHash.Of(title), title);
            }

            pane.Cell(cell).Views += reader.Int32();
            for (var errors = reader.Count(); errors > 0; errors--)
            {
                var type = reader.Bytes();
                ref var error = ref pane.Error(pane.FindOrAddError(cell, KeyHash.Of(type), type));
                error.Count += reader.Int32();
                pane.KeepEvidence(ref error, reader.Int64(), reader.Bytes(), reader.Bytes());
            }
        }

        for (var late = reader.Count(); late > 0; late--)
            pane.AddLate(reader.UInt64(), reader.Int64(), reader.Int32());
        PaneSampleEncoding.Load(pane, reader);
    }

    private static void SaveErrors(Pane pane, int first, StateWriter writer)
    {
        var types = new List<int>();
        for (var i = first; i >= 0; i = pane.Error(i).NextInCell)
            types.Add(i);
        types.Sort((a, b) => pane.Text(pane.Error(a).Type).SequenceCompareTo(pane.Text(pane.Error(b).Type)));
        writer.Int32(types.Count);
        foreach (var i in types)
        {
            ref readonly var error = ref pane.Error(i);
            writer.Bytes(pane.Text(error.Type));
            writer.Int32(error.Count);
            writer.Int64(error.EvidenceTime);
            writer.Bytes(pane.Text(error.Message.Range));
            writer.Bytes(pane.Text(error.VideoTitle.Range));
        }
    }
}
