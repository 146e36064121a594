using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Explanations;

/// <summary>Rankings in entries of a checkpoint.</summary>
internal static class RankingEncoding
{
    /// <summary>0 stands for no ranking.</summary>
    public const string Layout = "explainedBy u8, explanations [dimensions [name text, value text], share f64, errorRate f64, "
        + "normalRate f64, lift f64, views i64, affectedViews i64]";

    public static void Write(StateWriter writer, ExplainedBy? by, IReadOnlyList<Explanation> best)
    {
        writer.Byte((byte)(by is { } known ? (int)known + 1 : 0));
        writer.Int32(best.Count);
        foreach (var explanation in best)
        {
            writer.Int32(explanation.Dimensions.Count);
            foreach (var (name, value) in explanation.Dimensions)
            {
                writer.String(name);
                writer.String(value);
            }

            writer.Double(explanation.Share);
            writer.Double(explanation.ErrorRate);
            writer.Double(explanation.NormalRate);
            writer.Double(explanation.Lift);
            writer.Int64(explanation.Views);
            writer.Int64(explanation.AffectedViews);
        }
    }

    /// <exception cref="CheckpointFormatException">It is not what <see cref="Write"/> has written.</exception>
    public static (ExplainedBy? By, IReadOnlyList<Explanation> Best) Read(StateReader reader)
    {
        var by = reader.Byte();
        if (by > Enum.GetValues<ExplainedBy>().Length)
            throw new CheckpointFormatException($"The checkpoint is damaged: an incident is explained in the unknown way {by}.");
        var best = new List<Explanation>();
        for (var left = reader.Count(); left > 0; left--)
        {
            var dimensions = new List<SliceDimension>();
            for (var more = reader.Count(); more > 0; more--)
                dimensions.Add(new(reader.String() ?? "", reader.String() ?? ""));
            best.Add(new()
            {
                Dimensions = dimensions,
                Share = reader.Double(),
                ErrorRate = reader.Double(),
                NormalRate = reader.Double(),
                Lift = reader.Double(),
                Views = reader.Int64(),
                AffectedViews = reader.Int64(),
            });
        }

        return (by == 0 ? null : (ExplainedBy)(by - 1), best);
    }
}
