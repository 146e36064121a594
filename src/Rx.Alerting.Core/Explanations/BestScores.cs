namespace Rx.Alerting.Core.Explanations;

/// <summary>The best scores of slices with different counts, as many as are told.</summary>
internal sealed class BestScores
{
    private readonly SliceCounts[] counts = new SliceCounts[SliceRanking.Told];
    private readonly double[] scores = new double[SliceRanking.Told];

    /// <summary>The best score; 0: none yet.</summary>
    public double First { get; private set; }

    /// <summary>The lowest of the best scores; 0: there are fewer slices yet.</summary>
    public double Last { get; private set; }

    public void Add(in SliceCounts of, double score)
    {
        First = Math.Max(First, score);
        if (score <= Last)
            return;

        // Of slices with the same counts, only one is told.
        var place = Array.IndexOf(counts, of);
        if (place < 0)
            place = scores.IndexOf(scores.Min());
        if (score <= scores[place])
            return;
        (counts[place], scores[place]) = (of, score);
        Last = scores.Min();
    }
}
