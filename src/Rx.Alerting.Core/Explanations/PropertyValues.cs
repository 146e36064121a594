using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The values of all dimensions that a property's views had lately, and what is normal for each of them.</summary>
internal sealed class PropertyValues
{
    /// <summary>The most values of all dimensions together.</summary>
    private const int Most = 320;

    /// <summary>When so many views are learned, what was learned counts half: newer ones matter more.</summary>
    private const double MostLearned = 100_000;

    private readonly LearnedTypes types = new();
    private readonly ValueTotals totals = new();
    private bool hasLearned;

    public PropertyValues() =>
        Of = [.. Enumerable.Range(0, SampledValues.Dimensions).Select(dimension => new FacetValues(dimension, totals))];

    public static string Layout { get; } = $"learnedViews f64, {LearnedTypes.Layout}, dimensions [{FacetValues.Layout}]";

    public FacetValues[] Of { get; }

    /// <summary>Views that were learned.</summary>
    public double LearnedViews { get; private set; }

    /// <summary>About how many bytes of memory.</summary>
    public long RoomBytes => totals.RoomBytes;

    /// <summary>What was learned of an error type.</summary>
    /// <param name="type">Its hash.</param>
    /// <returns>Its place (<see cref="LearnedTypes"/>), and errors. Nothing was learned: -1.</returns>
    public (int Place, double Errors) Learned(ulong type) =>
        types.Find(type) is >= 0 and var place ? (place, types.Errors(place)) : (-1, 0);

    /// <summary>Whether there is something to save since the last call.</summary>
    public bool TakeChanged()
    {
        var changed = hasLearned | (totals.TakeChanged() != 0);
        hasLearned = false;
        return changed;
    }

    /// <summary>Numbers the values of one more kept view.</summary>
    /// <param name="sampled">The values (<see cref="SampledValues"/>).</param>
    /// <param name="failed">Whether the view failed.</param>
    /// <param name="row">Gets a number for each dimension.</param>
    /// <param name="replaced">Told of each number whose views belong to <see cref="FacetValues.Other"/> from now on.</param>
    public void Number(ReadOnlySpan<byte> sampled, bool failed, Span<byte> row, Action<int, byte> replaced)
    {
        row.Clear();
        var mayGrow = totals.Count < Most;
        while (!sampled.IsEmpty)
        {
            var dimension = SampledValues.Read(ref sampled, out var value);
            row[dimension] = Of[dimension].NumberOf(value, failed, mayGrow, out var number);
            if (number != 0)
                replaced(dimension, number);
        }
    }

    /// <summary>A row with some values is kept.</summary>
    public void Use(ReadOnlySpan<byte> row)
    {
        for (var dimension = 0; dimension < row.Length; dimension++)
            Of[dimension].Use(row[dimension]);
    }

    /// <summary>A row with some values is not kept any more.</summary>
    public void Release(ReadOnlySpan<byte> row)
    {
        for (var dimension = 0; dimension < row.Length; dimension++)
            Of[dimension].Release(row[dimension]);
    }

    /// <summary>Learns what is normal from a bucket, whose rows are not kept any more.</summary>
    public void LearnAndRelease(FacetBucket bucket)
    {
        foreach (var group in bucket.Groups)
        {
            var type = PlaceOf(group);
            for (var kept = 0; kept < group.Count; kept++)
            {
                var row = group.Row(kept);
                var views = group.ViewsOf(kept);
                for (var dimension = 0; dimension < row.Length; dimension++)
                    Of[dimension].LearnAndRelease(row[dimension], views, type);
                LearnedViews += views;
                hasLearned = true;
            }
        }

        if (LearnedViews < MostLearned)
            return;
        LearnedViews /= 2;
        types.Decay();
        foreach (var of in Of)
            of.Decay();
    }

    public void Save(StateWriter writer)
    {
        writer.Double(LearnedViews);
        types.Save(writer);
        writer.Int32(Of.Length);
        foreach (var of in Of)
            of.Save(writer);
    }

    public void Load(StateReader reader)
    {
        LearnedViews = reader.Double();
        types.Load(reader);
        for (var (i, count) = (0, reader.Count()); i < count; i++)
            (i < Of.Length ? Of[i] : new FacetValues(0, new())).Load(reader);
    }

    /// <summary>The place of a group's error type; -1: its views succeeded, or nothing is learned of the type.</summary>
    private int PlaceOf(FacetGroup group)
    {
        if (!group.Failed || group.IsOfOtherTypes || group.Count == 0)
            return -1;
        var place = types.Learn(group.TypeHash, group.Views, out var isReplaced);
        hasLearned = true;
        if (isReplaced)
        {
            foreach (var of in Of)
                of.ForgetType(place);
        }

        return place;
    }
}
