namespace Rx.Alerting.Core.Explanations;

/// <summary>Ranks the slices that explain why there are too many errors, and says how far the best is to be trusted.</summary>
public static class SliceRanking
{
    /// <summary>With fewer failures among the views that are sampled, there is nothing to be said.</summary>
    public const int FewestFailures = 8;

    /// <summary>How many slices are told.</summary>
    public const int Told = 5;

    /// <summary>The best slice is called the cause if its score is better than the second's by this part.</summary>
    private const double ClearLead = 0.1;

    /// <summary>Two values of one dimension are named before a single slice if together they explain so much better.</summary>
    private const double PriceOfPair = 0.05;

    /// <summary>Each of two values has at least this share of the excess.</summary>
    private const double LeastShareInPair = 0.2;

    /// <summary>Ranks the slices of a table.</summary>
    /// <param name="table">Views of the interval and before.</param>
    /// <param name="normalRate">The error rate that is normal for all views together, 0–1.</param>
    public static Ranking Rank(SliceTable table, double normalRate)
    {
        // A rate of 0 would make the first error infinitely strange.
        var score = new SliceScore(table, Math.Max(normalRate, 0.5 / (table.Total.ViewsBefore + table.Total.Views + 1)));
        var ranked = SliceSearch.Find(table, score);
        ranked.Sort((a, b) => Compare(table, a, b));
        var found = Distinct(ranked);
        PreferPair(found, score);
        if (found.Count == 0)
            return new(ExplainedBy.None, []);
        return new(By(found, table, score), [.. found.Take(Told).Select(slice => Explain(table, slice, score))]);
    }

    /// <summary>The better first; of equals the shorter, then in an order that does not depend on that of the table's rows.</summary>
    private static int Compare(SliceTable table, Slice a, Slice b)
    {
        var order = b.Score.CompareTo(a.Score);
        order = order != 0 ? order : a.Size.CompareTo(b.Size);
        for (var i = 0; order == 0 && i < a.Size; i++)
        {
            var (one, other) = (a.Parts[i], b.Parts[i]);
            order = one.Dimension.CompareTo(other.Dimension);
            if (order == 0)
                order = string.CompareOrdinal(table.Text(one.Dimension, one.Value), table.Text(other.Dimension, other.Value));
        }

        return order;
    }

    /// <summary>
    /// Of slices with the same counts, which are nearly always the same views, only the first is kept: the shortest. Two values of the same
    /// dimensions never have the same views.
    /// </summary>
    private static List<Slice> Distinct(List<Slice> ranked)
    {
        var known = new Dictionary<SliceCounts, Slice>(ranked.Count);
        var distinct = new List<Slice>(ranked.Count);
        foreach (var slice in ranked)
        {
            if (known.TryAdd(slice.Counts, slice) || slice.IsSibling(known[slice.Counts]))
                distinct.Add(slice);
        }

        return distinct;
    }

    /// <summary>
    /// Puts two values of one dimension first if together they explain more than any slice does: two CDNs are down, and what nearly all of
    /// their views have in common is not the cause.
    /// </summary>
    private static void PreferPair(List<Slice> ranked, SliceScore score)
    {
        var singles = ranked.Where(slice => slice.Size == 1 && score.ShareOf(slice.Excess) >= LeastShareInPair).ToList();
        var (first, second, best) = (default(Slice), default(Slice), ranked.Count > 0 ? ranked[0].Score : 0);
        for (var i = 0; i < singles.Count; i++)
        {
            for (var j = i + 1; j < singles.Count; j++)
            {
                var (a, b) = (singles[i], singles[j]);
                if (a.Parts[0].Dimension != b.Parts[0].Dimension)
                    continue;
                var together = score.Of(a.Counts + b.Counts, a.Expected + b.Expected, 1) * (1 - PriceOfPair);
                if (together > best)
                    (first, second, best) = (a, b, together);
            }
        }

        if (first.Parts is null)
            return;
        ranked.Remove(first);
        ranked.Remove(second);
        ranked.InsertRange(0, [first, second]);
    }

    private static ExplainedBy By(List<Slice> ranked, SliceTable table, SliceScore score)
    {
        var best = ranked[0];
        if (!Concentration.StandsOut(best, table, score))
            return ExplainedBy.None;
        return ranked.Count == 1 || best.Score >= ranked[1].Score * (1 + ClearLead) ? ExplainedBy.Cause : ExplainedBy.OneOf;
    }

    private static Explanation Explain(SliceTable table, Slice slice, SliceScore score)
    {
        var (views, errors) = (slice.Counts.Views, slice.Counts.Errors);
        return new()
        {
            Dimensions =
            [
                .. slice.Parts.Select(part =>
                    new SliceDimension(table.Dimensions[part.Dimension], table.Text(part.Dimension, part.Value))),
            ],
            Share = score.ShareOf(slice.Excess),
            ErrorRate = errors / views,
            NormalRate = Math.Min(1, slice.Expected / views),
            Lift = errors / slice.Expected,
            Views = (long)Math.Round(views),
            AffectedViews = (long)Math.Round(errors),
        };
    }
}
