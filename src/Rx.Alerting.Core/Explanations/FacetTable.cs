using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Explanations;

/// <summary>A table of the kept views of a property. Its values have the numbers that they have in the property.</summary>
internal sealed class FacetTable : SliceTable
{
    /// <summary>With fewer errors learned, no value is known to be worse than others.</summary>
    private const double FewestLearned = 30;

    /// <summary>What was learned of a value counts beside so many errors of the whole property.</summary>
    private const double PriorErrors = 60;

    private static readonly string[] Names = [.. Enumerable.Range(0, SampledValues.Dimensions).Select(SampledValues.NameOf)];

    private readonly PropertyValues values;
    private readonly ulong errorType;
    private readonly byte? title;

    /// <summary>The place of what was learned of the error type; -1: it is not enough.</summary>
    private readonly int learnedType;
    private readonly double learnedRate;

    /// <param name="facets">Of the property.</param>
    /// <param name="errorType">Hash of the error type. A view that failed with another type is a view like others.</param>
    /// <param name="title">Only views of this title; null: all.</param>
    public FacetTable(PropertyFacets facets, ulong errorType, byte? title)
        : base(Names, isSampled: true, facets.Buckets.Sum(bucket => bucket.Succeeded + bucket.Failed))
    {
        (values, this.errorType, this.title) = (facets.Values, errorType, title);
        (learnedType, var errors) = values.Learned(errorType);
        if (errors < FewestLearned)
            learnedType = -1;
        learnedRate = errors / values.LearnedViews;
    }

    public override string Text(int dimension, int value) => values.Of[dimension].Text(NumberOf(value));

    public override int ValueCount(int dimension) => values.Of[dimension].Count + 1;

    /// <inheritdoc/>
    /// <remarks>Which values always have more errors of the type than others. What they have of other types excuses nothing.</remarks>
    public override double Factor(int dimension, int value)
    {
        if (learnedType < 0)
            return 1;
        var learned = values.Of[dimension].Learned(NumberOf(value), learnedType);
        return (learned.Errors + PriorErrors) / (learned.Views + (PriorErrors / learnedRate)) / learnedRate;
    }

    /// <summary>Adds the views of a bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="isBefore">Whether they came before what is to be explained.</param>
    /// <returns>How many of them failed with the error type.</returns>
    public int Add(FacetBucket bucket, bool isBefore)
    {
        var failures = 0;
        foreach (var group in bucket.Groups)
        {
            var isOfType = group.TypeHash == errorType;
            for (var kept = 0; kept < group.Count; kept++)
            {
                var row = group.Row(kept);
                if (title is not null && row[SampledValues.Title] != title)
                    continue;
                var (views, errors) = (group.ViewsOf(kept), isOfType ? group.ViewsOf(kept) : 0);
                var same = group.Same(kept);
                Number(row, AddRow(isBefore ? new(0, 0, views, errors) : new(views, errors, 0, 0), isBefore ? 0 : same));
                failures += isOfType ? same : 0;
            }
        }

        return failures;
    }

    /// <summary>Values that are not told apart are not named.</summary>
    private static byte NumberOf(int value) => (byte)(value + FacetValues.Other);

    private void Number(ReadOnlySpan<byte> of, Span<int> row)
    {
        for (var dimension = 0; dimension < of.Length; dimension++)
            row[dimension] = Math.Max(0, of[dimension] - FacetValues.Other);

        // In a title's incident, the title is not what its views have in common.
        if (title is not null)
            row[SampledValues.Title] = 0;
    }
}
