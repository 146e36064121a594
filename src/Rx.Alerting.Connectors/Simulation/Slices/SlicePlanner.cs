namespace Rx.Alerting.Connectors.Simulation.Slices;

/// <summary>Decides to which slice of a property's views an incident is limited.</summary>
internal sealed class SlicePlanner(SimulationRandom random)
{
    /// <summary>The least share of the property's views in a slice, so that the failures can be told from the ordinary ones.</summary>
    private const double SmallestShare = 0.06;

    /// <summary>
    /// The largest share of the property's views that have one value of a slice. A value that nearly all views have says nothing.
    /// </summary>
    private const double LargestShare = 0.75;

    /// <summary>Dimensions that depend on one another, such as the country and the network, lie in one group.</summary>
    private static readonly string[][] Independent =
    [
        [SliceTerm.Cdn],
        [SliceTerm.Country, SliceTerm.Network],
        [SliceTerm.Browser, SliceTerm.System],
        [SliceTerm.PlayerVersion],
        [SliceTerm.StreamType],
    ];

    private static readonly string[] Groups =
        [SliceTerm.Network, SliceTerm.Browser, SliceTerm.System, SliceTerm.PlayerVersion, SliceTerm.StreamType];

    /// <summary>Draws the slice of an incident. Null: what was drawn is too small, or says nothing.</summary>
    public SimulatedSlice? Draw(IncidentStory story, SimulatedProperty property) => story.Shape switch
    {
        IncidentShape.OneCdn => new SimulatedSlice(Draw(property, SliceTerm.Cdn)),
        IncidentShape.OneCountry => new SimulatedSlice(Draw(property, SliceTerm.Country)),
        IncidentShape.OneGroup => Findable(property, [Draw(property, Groups[random.Below(Groups.Length)])]),
        IncidentShape.Combination => Findable(property, Combination(property, story.Values)),
        _ => SimulatedSlice.Whole,
    };

    /// <summary>Draws a value of a dimension by its share of the property's views.</summary>
    public SliceTerm Draw(SimulatedProperty property, string dimension)
    {
        var view = new SimulatedView
        {
            Cdn = property.Cdns[random.Below(Circumstances.Slots)],
            Country = property.Countries[random.Below(Circumstances.Slots)],
            Network = (byte)random.Below(Circumstances.NetworksPerCountry),
            Platform = property.Platforms[random.Below(Circumstances.Slots)],
            PlayerVersion = property.PlayerVersions[random.Below(Circumstances.Slots)],
            StreamType = property.StreamTypes[random.Below(Circumstances.Slots)],
        };
        return SliceTerm.Of[dimension].First(term => term.Views.Contains(view));
    }

    private List<SliceTerm> Combination(SimulatedProperty property, int values)
    {
        var left = Independent.ToList();
        var terms = new List<SliceTerm>();
        for (var i = 0; i < values; i++)
        {
            var dimensions = left[random.Below(left.Count)];
            left.Remove(dimensions);
            terms.Add(Draw(property, dimensions[random.Below(dimensions.Length)]));
        }

        return terms;
    }

    private static SimulatedSlice? Findable(SimulatedProperty property, List<SliceTerm> terms)
    {
        var slice = new SimulatedSlice(terms);
        return slice.Views.ShareIn(property) >= SmallestShare && terms.TrueForAll(term => term.Views.ShareIn(property) <= LargestShare)
            ? slice
            : null;
    }
}
