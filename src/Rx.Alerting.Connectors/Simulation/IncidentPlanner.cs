using Rx.Alerting.Connectors.Simulation.Slices;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>
/// Decides which incidents are injected. It knows how a video company fails and how much traffic there is. It knows nothing about
/// detection. Incidents of the same property and error type never overlap, and there is a pause between them.
/// </summary>
internal sealed class IncidentPlanner(SimulationOptions options, SimulatedWorld world)
{
    private const ulong Stream = 2;
    private const ulong SliceStream = 7;
    private const long StepMs = 300_000;

    /// <summary>How many incidents are drawn until one fits and affects enough views.</summary>
    private const int Attempts = 400;

    /// <summary>The least expected number of affected views of a large incident of a property.</summary>
    private const double LargeImpact = 340;

    private const double LargeShare = 0.8;

    /// <summary>The least expected number of the property's views between two incidents of the same error type.</summary>
    private const double PauseViews = 1500;

    private static readonly long ShortestPause = (long)TimeSpan.FromHours(6).TotalMilliseconds;

    private readonly SimulationRandom random = new(options.Seed, Stream);
    private readonly SlicePlanner slices = new(new SimulationRandom(options.Seed, SliceStream));
    private readonly double viewsPerMs = options.Views / TimeSpan.FromDays(options.Days).TotalMilliseconds;
    private readonly AliasTable properties = AliasTable.Of([.. world.Properties.Select(property => Math.Sqrt(property.Share))]);
    private readonly AliasTable shapes = AliasTable.Of([.. IncidentStory.OfProperties.Select(story => story.Weight)]);
    private readonly Dictionary<(int Property, int ErrorType), List<(long From, long To)>> occupied = [];
    private int planned;

    /// <summary>Plans incidents of properties and titles that begin and end between two event times, in the order of their start.</summary>
    /// <param name="from">No incident begins before this time, in Unix milliseconds.</param>
    /// <param name="begin">No incident begins at this time or later.</param>
    /// <param name="end">No incident ends later than this.</param>
    /// <param name="ofProperties">How many incidents of properties are tried.</param>
    /// <param name="ofTitles">How many incidents of titles are tried.</param>
    public List<InjectedIncident> Plan(long from, long begin, long end, long ofProperties, long ofTitles)
    {
        Forget(from);
        var incidents = new List<InjectedIncident>();
        for (var i = 0L; i < ofProperties; i++)
        {
            if (OfProperty(from, begin, end) is { } incident)
                incidents.Add(incident);
        }

        for (var i = 0L; i < ofTitles; i++)
        {
            if (OfTitle(from, begin, end) is { } incident)
                incidents.Add(incident);
        }

        incidents.Sort((a, b) => (a.Start, a.Number).CompareTo((b.Start, b.Number)));
        return incidents;
    }

    private InjectedIncident? OfProperty(long from, long begin, long end)
    {
        var story = IncidentStory.OfProperties[shapes.Draw(random)];
        var large = random.Chance(LargeShare) && story.Shape != IncidentShape.Blip;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var property = world.Properties[properties.Draw(random)];
            if (slices.Draw(story, property) is not { } slice)
                continue;
            var start = (long)random.Uniform(from, begin);
            var incident = new InjectedIncident
            {
                Number = planned,
                Shape = story.Shape,
                Property = property.Index,
                Slice = slice,
                ErrorType = 0,
                TrafficShare = slice.Views.ShareIn(property),
                Level = random.LogUniform(story.LeastLevel, story.MostLevel),
                Start = start,
                Full = start + Between(story.Rise),
                Ebb = 0,
                End = 0,
            };
            incident = Last(incident, story, random.LogUniform(large ? LargeImpact : 40, large ? 5000 : 300));
            if (incident.End <= end && ExpectedImpact(incident) >= (large ? LargeImpact : 20) && Place(incident, story) is { } placed)
                return placed;
        }

        return null;
    }

    private InjectedIncident? OfTitle(long from, long begin, long end)
    {
        var story = IncidentStory.OfTitles;
        var impact = random.Chance(0.15) ? random.LogUniform(3, 9) : random.LogUniform(9, 700);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var property = world.Properties[properties.Draw(random)];
            var start = (long)random.Uniform(from, begin);
            var rank = property.Titles.Draw(random);
            var incident = Last(
                new InjectedIncident
                {
                    Number = planned,
                    Shape = story.Shape,
                    Property = property.Index,
                    TitleRank = rank,
                    ErrorType = 0,
                    TrafficShare = property.TitleShare(rank),
                    Level = random.LogUniform(story.LeastLevel, story.MostLevel),
                    Start = start,
                    Full = start,
                    Ebb = 0,
                    End = 0,
                },
                story,
                impact);
            if (incident.End <= end && ExpectedImpact(incident) >= 0.7 * impact && Place(incident, story) is { } placed)
                return placed;
        }

        return null;
    }

    /// <summary>
    /// Gives the incident a length, so that about <paramref name="impact"/> views are affected, within the bounds of its story.
    /// </summary>
    private InjectedIncident Last(InjectedIncident incident, IncidentStory story, double impact)
    {
        var perMs = viewsPerMs * world.Properties[incident.Property].Share * incident.TrafficShare * incident.Level;
        var length = Math.Clamp(impact / perMs, story.Shortest.TotalMilliseconds, story.Longest.TotalMilliseconds);
        var ebb = incident.Full + (long)(length * random.Uniform(0.8, 1.2));
        return incident with { Ebb = ebb, End = ebb + Between(story.Fall) };
    }

    private long Between(TimeSpan most) => (long)(most.TotalMilliseconds * random.Uniform(0.5, 1));

    private double ExpectedImpact(InjectedIncident incident)
    {
        var property = world.Properties[incident.Property];
        var sum = 0.0;
        for (var time = incident.Start; time < incident.End; time += StepMs)
        {
            var length = Math.Min(StepMs, incident.End - time);
            var middle = time + (length / 2);
            sum += property.Profile.At(middle) * incident.LevelAt(middle) * length;
        }

        return sum * viewsPerMs * property.Share * incident.TrafficShare;
    }

    /// <summary>Finds an error type that is free at that time: a type that the property has never had, or an ordinary type.</summary>
    private InjectedIncident? Place(InjectedIncident incident, IncidentStory story)
    {
        var property = world.Properties[incident.Property];
        var unseen = random.Chance(0.4);
        var first = random.Below(ErrorKind.Failures.Length);
        for (var i = 0; i < ErrorKind.Failures.Length; i++)
        {
            var type = (first + i) % ErrorKind.Failures.Length;
            var ordinary = Array.IndexOf(property.ErrorTypes, type) >= 0;
            if (ordinary == unseen || (unseen && Array.IndexOf(story.Causes, ErrorKind.Failures[type].Cause) < 0))
                continue;
            if (Occupy(property, type, incident))
            {
                planned++;
                return incident with { ErrorType = type };
            }
        }

        return null;
    }

    private bool Occupy(SimulatedProperty property, int type, InjectedIncident incident)
    {
        var pause = Math.Max(ShortestPause, (long)(PauseViews / (viewsPerMs * property.Share)));
        if (!occupied.TryGetValue((property.Index, type), out var times))
            occupied.Add((property.Index, type), times = []);
        foreach (var (from, to) in times)
        {
            if (incident.Start < to + pause && from < incident.End + pause)
                return false;
        }

        times.Add((incident.Start, incident.End));
        return true;
    }

    /// <summary>Forgets incidents that ended so long ago that no later incident can overlap them.</summary>
    private void Forget(long before)
    {
        foreach (var times in occupied.Values)
            times.RemoveAll(time => time.To < before - (long)TimeSpan.FromDays(30).TotalMilliseconds);
    }
}
