namespace Rx.Alerting.Connectors.Simulation;

/// <summary>
/// Makes traffic slice by slice of event time, each in arrival order, and injects incidents into it.
/// </summary>
/// <remarks>
/// The number of views of a slice is binomial in the views that are left, so that finite traffic has exactly the views
/// that were asked for; in endless traffic it is Poisson. Within a slice, event times are the order statistics of a uniform
/// distribution, drawn through exponential gaps, so no sort is needed.
/// </remarks>
internal sealed class TrafficGenerator
{
    public const long SliceMs = 60_000;

    private const ulong Stream = 3;

    private readonly SimulationOptions options;
    private readonly SimulationRandom random;
    private readonly AliasTable properties;
    private readonly double[] weights;
    private readonly ViewFactory factory;
    private readonly IncidentSchedule schedule;
    private readonly ArrivalOrder order;
    private readonly double viewsPerSlice;
    private readonly long end;
    private double intensityLeft;
    private long viewsLeft;
    private double[] gaps = [];

    /// <exception cref="ArgumentException">The options have faults; the message names them all.</exception>
    public TrafficGenerator(SimulationOptions options, bool endless = false)
    {
        options.ThrowIfFaulty();
        this.options = options;
        World = new SimulatedWorld(options);
        random = new SimulationRandom(options.Seed, Stream);
        weights = new double[World.Properties.Length];
        properties = new AliasTable(weights.Length);
        schedule = new IncidentSchedule(options, World, endless);
        factory = new ViewFactory(options, World, random, schedule);
        order = new ArrivalOrder(options, SliceMs);
        viewsPerSlice = options.Views / (TimeSpan.FromDays(options.Days).TotalMilliseconds / SliceMs);
        viewsLeft = options.Views;
        Time = options.Start.ToUnixTimeMilliseconds() / SliceMs * SliceMs;
        end = endless ? long.MaxValue : Time + (long)TimeSpan.FromDays(options.Days).TotalMilliseconds;
        for (var time = Time; !endless && time < end; time += SliceMs)
            intensityLeft += World.IntensityAt(time);
    }

    public SimulatedWorld World { get; }

    /// <summary>Event time of the next slice in Unix milliseconds. Its views arrive no earlier.</summary>
    public long Time { get; private set; }

    /// <summary>What broke so far and affected anybody, in the order of its start; of endless traffic, nothing.</summary>
    public IReadOnlyList<IncidentLabel> Labels =>
        [.. schedule.All.Where(incident => incident.AffectedViews > 0).Select(incident => incident.ToLabel(World, options.Format))];

    /// <summary>The views that arrive in the next slice; false when there will be none any more.</summary>
    public bool TryNext(out ReadOnlySpan<SimulatedView> views)
    {
        if (Time < end)
            Fill();
        views = order.Release(Time);
        Time += SliceMs;
        return Time - SliceMs <= end + options.Disorder.TotalMilliseconds;
    }

    private void Fill()
    {
        var intensity = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var property = World.Properties[i];
            intensity += weights[i] = property.Share * property.Profile.At(Time);
        }

        var views = Count(intensity);
        if (views == 0)
            return;
        properties.Fill(weights);
        schedule.Advance(Time, Time + SliceMs);
        factory.Advance(Time);
        if (gaps.Length <= views)
            gaps = new double[views * 2];
        var sum = 0.0;
        for (var i = 0; i <= views; i++)
            sum += gaps[i] = random.Exponential();
        var passed = 0.0;
        for (var i = 0; i < views; i++)
        {
            passed += gaps[i];
            order.Add(factory.Next(properties.Draw(random), Time + Math.Min(SliceMs - 1, (long)(passed / sum * SliceMs))));
        }
    }

    private int Count(double intensity)
    {
        if (end == long.MaxValue)
            return (int)random.Poisson(viewsPerSlice * intensity);
        var last = Time + SliceMs >= end;
        var views = last ? viewsLeft : random.Binomial(viewsLeft, intensity / intensityLeft);
        intensityLeft -= intensity;
        viewsLeft -= views;
        return checked((int)views);
    }
}
