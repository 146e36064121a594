using System.Text;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>The circumstances of a view that waits, in a checkpoint. Dimensions go by name, so a release may have others.</summary>
internal static class SuspendedCircumstances
{
    public const string Layout = "hash u64, values [dimension bytes, value bytes]";

    public static void Save(StateWriter writer, ViewBatch batch, in Circumstances circumstances)
    {
        writer.UInt64(circumstances.Hash);
        var values = (ReadOnlySpan<TextRange>)circumstances.Values;
        var given = 0;
        foreach (var value in values)
            given += value.IsEmpty ? 0 : 1;
        writer.Int32(given);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].IsEmpty)
                continue;
            writer.Bytes(Encoding.UTF8.GetBytes(DimensionNames.Of((Dimension)i)));
            writer.Bytes(batch.Bytes(values[i]));
        }
    }

    /// <returns>The index in the batch.</returns>
    public static int Load(StateReader reader, ViewBatch batch)
    {
        ref var circumstances = ref batch.AddCircumstances(out var index);
        circumstances.Hash = reader.UInt64();
        for (var left = reader.Count(); left > 0; left--)
        {
            var name = Encoding.UTF8.GetString(reader.Bytes());
            var value = batch.Append(reader.Bytes());
            if (DimensionNames.TryFind(name, out var dimension))
                circumstances.Values[(int)dimension] = value;
        }

        return index;
    }
}
