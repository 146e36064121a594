namespace Rx.Alerting.Connectors.Simulation.Slices;

/// <summary>The views of a property that share the values of one to three dimensions.</summary>
internal sealed class SimulatedSlice
{
    /// <summary>How many values a slice names at most.</summary>
    public const int MaximumTerms = 3;

    public SimulatedSlice(params IReadOnlyList<SliceTerm> terms)
    {
        Terms = terms;
        Views = terms.Aggregate(ViewSet.All, (views, term) => views & term.Views);
    }

    /// <summary>All views.</summary>
    public static SimulatedSlice Whole { get; } = new();

    /// <summary>Empty: all views.</summary>
    public IReadOnlyList<SliceTerm> Terms { get; }

    public ViewSet Views { get; }

    public IReadOnlyList<LabelDimension> ToLabel() => [.. Terms.Select(term => term.ToLabel())];

    /// <summary>The other slices that hold the same views, whatever the property, the shortest first.</summary>
    /// <remarks>
    /// The values of a dimension divide the views. So in each dimension, at most one value holds all views of this slice: only these
    /// values can be part of an equal slice.
    /// </remarks>
    public IEnumerable<SimulatedSlice> Same()
    {
        var candidates = SliceTerm.Of.Values.SelectMany(terms => terms).Where(term => (term.Views & Views) == Views).ToList();
        return Combinations(candidates, 0, MaximumTerms)
            .Select(terms => new SimulatedSlice(terms))
            .Where(slice => slice.Views == Views && !slice.Terms.ToHashSet().SetEquals(Terms))
            .OrderBy(slice => slice.Terms.Count);
    }

    private static IEnumerable<List<SliceTerm>> Combinations(List<SliceTerm> terms, int from, int most)
    {
        yield return [];
        for (var i = from; most > 0 && i < terms.Count; i++)
        {
            foreach (var rest in Combinations(terms, i + 1, most - 1))
                yield return [terms[i], .. rest];
        }
    }
}
