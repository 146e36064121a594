using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Explanations;

/// <summary>Fills a table with kept views.</summary>
/// <param name="facets">Of the views' property.</param>
/// <param name="table">Gets the views.</param>
/// <param name="errorType">Hash of the error type. A view that failed with another type is a view like others.</param>
/// <param name="title">Only views of this title; null: all.</param>
internal sealed class FacetRows(PropertyFacets facets, SliceTable table, ulong errorType, byte? title)
{
    /// <summary>Numbers of a dimension.</summary>
    private const int Width = FacetValues.Most + 2;

    /// <summary>The table's number of each value of each dimension; 0: not known yet.</summary>
    private readonly int[] numbers = new int[SampledValues.Dimensions * Width];

    private readonly int[] row = new int[SampledValues.Dimensions];

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
                if (title is not null && group.Row(kept)[SampledValues.Title] != title)
                    continue;
                Number(group.Row(kept));
                var (views, errors) = (group.ViewsOf(kept), isOfType ? group.ViewsOf(kept) : 0);
                table.Add(row, isBefore ? new(0, 0, views, errors) : new(views, errors, 0, 0), isBefore ? 0 : group.Same(kept));
                failures += isOfType ? group.Same(kept) : 0;
            }
        }

        return failures;
    }

    private void Number(ReadOnlySpan<byte> of)
    {
        for (var dimension = 0; dimension < of.Length; dimension++)
        {
            var value = of[dimension];

            // In a title's incident, the title is not what its views have in common.
            if (value <= FacetValues.Other || (title is not null && dimension == SampledValues.Title))
            {
                row[dimension] = 0;
                continue;
            }

            ref var number = ref numbers[(dimension * Width) + value];
            if (number == 0)
                number = table.Value(dimension, facets.Values.Of[dimension].Text(value));
            row[dimension] = number;
        }
    }
}
