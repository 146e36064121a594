namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Draws single views: the title, the circumstances and the outcome. Views must be asked for in event-time order.</summary>
internal sealed class ViewFactory
{
    private const double MeanWatchMs = 540_000;
    private const double MeanFailedMs = 12_000;

    private readonly SimulatedWorld world;
    private readonly SimulationRandom random;
    private readonly IncidentSchedule schedule;
    private readonly WanderingRates[] rates;
    private readonly ulong idKey;
    private ulong sequence;

    public ViewFactory(SimulationOptions options, SimulatedWorld world, SimulationRandom random, IncidentSchedule schedule)
    {
        this.world = world;
        this.random = random;
        this.schedule = schedule;
        idKey = SimulationRandom.Mix((ulong)options.Seed);
        rates = [.. world.Properties.Select(property => new WanderingRates(options, property))];
    }

    /// <summary>Moves the ordinary error rates on to an event time.</summary>
    public void Advance(long time)
    {
        foreach (var rate in rates)
            rate.Advance(time);
    }

    public SimulatedView Next(int propertyIndex, long time)
    {
        var property = world.Properties[propertyIndex];
        var rank = property.Titles.Draw(random);
        var bits = random.NextBits();
        var view = new SimulatedView
        {
            // Both steps are bijections, so no id occurs twice.
            Id = SimulationRandom.Mix(++sequence ^ idKey),
            EventTime = time,
            Property = propertyIndex,
            Title = property.FirstTitle + rank,
            Cdn = property.Cdns[(byte)bits],
            Country = property.Countries[(byte)(bits >> 8)],
            Platform = property.Platforms[(byte)(bits >> 16)],
            PlayerVersion = property.PlayerVersions[(byte)(bits >> 24)],
            StreamType = property.StreamTypes[(byte)(bits >> 32)],
            Network = (byte)((bits >> 40) % Circumstances.NetworksPerCountry),
            Noise = (byte)(bits >> 48),
        };
        foreach (var incident in schedule.Followed(propertyIndex))
            incident.Follow(view, rank);
        Judge(ref view, property, rank);
        view.Duration = (int)(random.Exponential() * (view.Outcome == Outcome.Failure ? MeanFailedMs : MeanWatchMs));
        return view;
    }

    private void Judge(ref SimulatedView view, SimulatedProperty property, int rank)
    {
        var luck = random.NextDouble();
        var now = rates[property.Index].Rates;
        var factors = property.TitleFactors(rank);
        var worse = property.AlwaysWorse?.FactorOf(view) ?? 1;
        for (var type = 0; type < now.Length; type++)
        {
            luck -= now[type] * factors[type] * worse;
            if (luck < 0)
            {
                Fail(ref view, property.ErrorTypes[type]);
                return;
            }
        }

        foreach (var incident in schedule.Active(property.Index))
        {
            if (!incident.Concerns(view, rank) || random.NextDouble() >= incident.LevelAt(view.EventTime))
                continue;
            Fail(ref view, incident.ErrorType);
            view.Affected = true;
            incident.Affect(view.EventTime);
            return;
        }

        var rest = random.NextDouble();
        if (rest < property.BusinessExceptionRate)
            (view.Outcome, view.Error) = (Outcome.BusinessException, (byte)(view.Noise % ErrorKind.BusinessExceptions.Length));
        else if (rest < property.BusinessExceptionRate + property.WarningRate)
            (view.Outcome, view.Error) = (Outcome.Warning, (byte)(view.Noise % ErrorKind.Warnings.Length));
    }

    private static void Fail(ref SimulatedView view, int errorType) => (view.Outcome, view.Error) = (Outcome.Failure, (byte)errorType);
}
