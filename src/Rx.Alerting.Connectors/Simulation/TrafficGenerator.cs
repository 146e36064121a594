namespace Rx.Alerting.Connectors.Simulation;

/// <summary>
/// Makes traffic, a slice of event time after the other, each in arrival order. Injects incidents into the traffic.
/// </summary>
/// <remarks>
/// In finite traffic, the number of views of a slice is binomial in the remaining views, so the total is exact. In endless traffic, it is
/// Poisson. Within a slice, event times are the order statistics of a uniform distribution. They are drawn by exponential gaps, so they
/// need no sort.
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

    /// <exception cref="ArgumentException">Options have faults. The message names all of them.</exception>
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

    /// <summary>The event time at which the next slice begins, in Unix milliseconds. Its views arrive no earlier.</summary>
    public long Time { get; private set; }

    /// <summary>The labels of incidents that have affected any view, in the order of their start. Endless traffic gives none.</summary>
    public IReadOnlyList<IncidentLabel> Labels =>
        [.. schedule.All.Where(incident => incident.AffectedViews > 0).Select(incident => incident.ToLabel(World, options.Format))];

    /// <summary>Gives the views that arrive in the next slice. False at the end of the traffic.</summary>
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
