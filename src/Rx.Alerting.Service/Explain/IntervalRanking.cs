using System.Globalization;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Explain;

/// <summary>Ranks the slices of an interval that was read.</summary>
internal static class IntervalRanking
{
    public static Explained Of(ExplainRequest request, IntervalCounts counts)
    {
        var table = IntervalTable.Of(counts, request.Columns);
        double? normal = counts.ViewsBefore > 0 ? (counts.ErrorsBefore + 0.5) / (counts.ViewsBefore + 1) : null;
        var ranking = normal is { } rate ? SliceRanking.Rank(table, rate) : AgainstTheRest(table, counts);
        var titles = IntervalTable.TitleTexts(counts.Failed, request.Columns);
        return new()
        {
            PropertyId = request.Property,
            ErrorType = request.ErrorType,
            From = request.From,
            To = request.To,
            Views = counts.Views,
            AffectedViews = counts.Errors,
            ViewsBefore = counts.ViewsBefore,
            NormalRate = normal,
            ExplainedBy = ranking.By,
            Explanations = [.. ranking.Best.Select(explanation => WithTitles(explanation, titles))],
            Notes = [.. Notes(request, counts)],
        };
    }

    /// <summary>
    /// With no past, what is normal is taken from the rest of the interval: what the best slice, compared with all views, does not have.
    /// </summary>
    private static Ranking AgainstTheRest(SliceTable table, IntervalCounts counts)
    {
        var first = SliceRanking.Rank(table, (double)counts.Errors / counts.Views);
        if (first.Best.Count == 0)
            return first;
        var (errors, views) = (counts.Errors - first.Best[0].AffectedViews, counts.Views - first.Best[0].Views);
        return SliceRanking.Rank(table, (Math.Max(errors, 0) + 0.5) / (Math.Max(views, 0) + 1));
    }

    /// <summary>Names titles by their texts, as people know them.</summary>
    private static Explanation WithTitles(Explanation explanation, Dictionary<string, string> titles) => explanation with
    {
        Dimensions =
        [
            .. explanation.Dimensions.Select(dimension =>
                dimension.Name == SliceColumns.TitleName && titles.TryGetValue(dimension.Value, out var text)
                    ? new SliceDimension(SliceColumns.TitleTextName, text)
                    : dimension),
        ],
    };

    private static IEnumerable<string> Notes(ExplainRequest request, IntervalCounts counts)
    {
        if (counts.ViewsBefore == 0)
        {
            yield return $"No views before {IncidentWords.Time(request.From)}, so what is normal is not known. "
                + "Slices are compared with the rest of the interval.";
        }
        else if (counts.Errors > 0 && counts.Errors * (counts.ViewsBefore + 1d) <= (counts.ErrorsBefore + 0.5) * counts.Views)
        {
            yield return "There are not more failures than normal.";
        }

        var of = request.Property is { } property ? $" of property “{IncidentWords.Printable(property)}”" : string.Empty;
        foreach (var (name, field) in counts.Missing)
            yield return $"No view{of} has a value in the field “{IncidentWords.Printable(field)}”, so none has a {name}.";
        if (counts.Succeeded.Level > 0)
        {
            yield return $"The views have too many different values to be kept: of those that succeeded, {Part(counts.Succeeded)} "
                + "were counted. The views and rates of slices are estimates.";
        }

        if (counts.Failed.Level > 0)
            yield return $"Of the failed views, {Part(counts.Failed)} were counted; the slices' affected views are estimates, too.";
    }

    private static string Part(ViewSketch sketch) => $"1 in {Math.Pow(2, sketch.Level).ToString("N0", CultureInfo.InvariantCulture)}";
}
