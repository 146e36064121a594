namespace Rx.Alerting.Connectors.Simulation.Slices;

/// <summary>
/// A value whose ordinary error rates are always a few times those of the property's other views. It explains no incident. The property's
/// mean rates do not change.
/// </summary>
internal sealed class AlwaysWorse
{
    private const double ShareOfProperties = 0.35;
    private const double SmallestShare = 0.03;
    private const double LargestShare = 0.5;
    private const int Attempts = 20;

    private static readonly string[] Dimensions =
        [SliceTerm.Cdn, SliceTerm.Country, SliceTerm.PlayerVersion, SliceTerm.Browser, SliceTerm.System];

    private readonly double factor;
    private readonly double otherFactor;

    private AlwaysWorse(SliceTerm term, double times, double share)
    {
        Term = term;
        otherFactor = 1 / (1 + (share * (times - 1)));
        factor = times * otherFactor;
    }

    public SliceTerm Term { get; }

    /// <summary>Draws the value of a property. Null: no value is always worse.</summary>
    public static AlwaysWorse? Draw(SimulationRandom random, SimulatedProperty property)
    {
        if (!random.Chance(ShareOfProperties))
            return null;
        var slices = new SlicePlanner(random);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var term = slices.Draw(property, Dimensions[random.Below(Dimensions.Length)]);
            var times = random.Uniform(2, 5);
            if (term.Views.ShareIn(property) is >= SmallestShare and <= LargestShare and var share)
                return new AlwaysWorse(term, times, share);
        }

        return null;
    }

    /// <summary>The factor between a view's ordinary error rates and the property's.</summary>
    public double FactorOf(in SimulatedView view) => Term.Views.Contains(view) ? factor : otherFactor;

    /// <summary>All values that the same views have, this one first.</summary>
    public IReadOnlyList<LabelDimension> ToLabel() =>
    [
        Term.ToLabel(),
        .. new SimulatedSlice(Term).Same().Where(slice => slice.Terms.Count == 1).SelectMany(slice => slice.ToLabel()),
    ];
}
