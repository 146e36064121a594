using System.Runtime.InteropServices;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Knows which incidents are active. Finite traffic is planned as a whole, endless traffic a chunk at a time.</summary>
internal sealed class IncidentSchedule
{
    private const ulong Stream = 5;

    private static readonly long ChunkMs = (long)TimeSpan.FromHours(2).TotalMilliseconds;

    private readonly SimulationOptions options;
    private readonly IncidentPlanner planner;
    private readonly SimulationRandom random;
    private readonly List<InjectedIncident>[] active;
    private readonly List<InjectedIncident>[] followed;
    private readonly Queue<InjectedIncident> upcoming = [];
    private readonly List<InjectedIncident> all = [];
    private readonly bool endless;
    private long plannedTo;

    public IncidentSchedule(SimulationOptions options, SimulatedWorld world, bool endless)
    {
        this.options = options;
        this.endless = endless;
        planner = new IncidentPlanner(options, world);
        random = new SimulationRandom(options.Seed, Stream);
        active = [.. world.Properties.Select(_ => new List<InjectedIncident>())];
        followed = [.. world.Properties.Select(_ => new List<InjectedIncident>())];

        var start = options.Start.ToUnixTimeMilliseconds();
        var span = TimeSpan.FromDays(options.Days);
        plannedTo = start + (long)TimeSpan.FromTicks(Math.Min(options.Quiet.Ticks, span.Ticks / 4)).TotalMilliseconds;
        if (!endless)
            PlanAll(start + (long)span.TotalMilliseconds);
    }

    /// <summary>Every incident of finite traffic, by its start.</summary>
    public IReadOnlyList<InjectedIncident> All => all;

    public ReadOnlySpan<InjectedIncident> Active(int property) => CollectionsMarshal.AsSpan(active[property]);

    /// <summary>Incidents that are active, or ended so recently that views are still counted.</summary>
    public ReadOnlySpan<InjectedIncident> Followed(int property) => CollectionsMarshal.AsSpan(followed[property]);

    /// <summary>Moves on to the slice between two event times.</summary>
    public void Advance(long from, long to)
    {
        while (endless && to > plannedTo)
            PlanChunk();
        foreach (var incidents in active)
            incidents.RemoveAll(incident => incident.End <= from);
        foreach (var incidents in followed)
            incidents.RemoveAll(incident => incident.Followed <= from);
        while (upcoming.TryPeek(out var next) && next.Start < to)
        {
            if (next.End > from)
                active[next.Property].Add(next);
            if (next.Followed > from)
                followed[next.Property].Add(next);
            upcoming.Dequeue();
        }
    }

    private void PlanAll(long end)
    {
        var propertyDays = (double)options.Properties * options.Days;
        all.AddRange(planner.Plan(
            plannedTo,
            end,
            end,
            (long)Math.Round(options.PropertyIncidentsPerDay * propertyDays),
            (long)Math.Round(options.TitleIncidentsPerDay * propertyDays)));
        foreach (var incident in all)
            upcoming.Enqueue(incident);
    }

    private void PlanChunk()
    {
        var propertyDays = options.Properties * TimeSpan.FromMilliseconds(ChunkMs).TotalDays;
        var incidents = planner.Plan(
            plannedTo,
            plannedTo + ChunkMs,
            long.MaxValue,
            random.Poisson(options.PropertyIncidentsPerDay * propertyDays),
            random.Poisson(options.TitleIncidentsPerDay * propertyDays));
        foreach (var incident in incidents)
            upcoming.Enqueue(incident);
        plannedTo += ChunkMs;
    }
}
