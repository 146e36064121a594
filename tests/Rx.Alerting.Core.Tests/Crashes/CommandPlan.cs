using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Chooses by the seed what people decide, and when.</summary>
/// <remarks>
/// No two commands of a shard come at the same event time. Event time is all that a pipeline knows of a command's place, so the order of
/// two such commands would be open after a loss. At places, event time stands from a pause to its end. So both are sent together, and what
/// is seen in between are crashes. Where commands come at any moment, pauses last.
/// </remarks>
internal static class CommandPlan
{
    private const int Commands = 16;

    private static readonly long OutOfOrderness = (long)new EventTimeOptions().MaximumOutOfOrderness.TotalMilliseconds;

    /// <param name="seed">Of the run.</param>
    /// <param name="what">Each pipeline has one shard.</param>
    /// <param name="incidents">Those of a run without the commands: some of them are decided about.</param>
    public static IReadOnlyList<PlannedCommand> Of(ulong seed, CrashCase what, IReadOnlyList<Incident> incidents)
    {
        var random = new SplitMix(~seed);
        var places = Enumerable.Range(0, Commands)
            .Select(_ => PlaceWithin(incidents[random.Next(incidents.Count)], what, random))
            .DistinctBy(place => (place.Shard, TimeAt(place.Shard, place.Place) / 1000))
            .OrderBy(place => place.Place)
            .ToList();
        var plan = new List<PlannedCommand>();
        foreach (var (shard, place, incident) in places)
        {
            var earlier = plan.FindAll(other => other.Shard == shard).ConvertAll(other => other.Command);
            var command = Command($"command-{plan.Count}", incident, earlier, TimeAt(shard, place), random);
            var next = command is PauseCommand && what.Decisions == DecisionMoments.AtPlaces
                ? new ResumeCommand($"{command.Id}-over", command.By)
                : null;
            plan.Add(new(shard, place, command, next));
        }

        return plan;
    }

    /// <summary>The newest event time before a place.</summary>
    private static long TimeAt(SimulatedShard shard, int place) => shard.Views.Take(place).Max(view => view.View.Time);

    /// <summary>Mostly a moment at which the incident is open. Sometimes any moment, so the command may have nothing to act on.</summary>
    private static (SimulatedShard Shard, int Place, Incident Incident) PlaceWithin(Incident incident, CrashCase what, SplitMix random)
    {
        var shard = what.Shards.First(shard => shard.Views.Any(view => view.View.Property == incident.PropertyId));
        var (from, to) = (incident.StartedAt, incident.ResolvedAt ?? incident.UpdatedAt);
        var at = (from + ((to - from) * random.NextDouble())).ToUnixTimeMilliseconds() + OutOfOrderness;
        var place = shard.Views.TakeWhile(view => view.View.Time <= at).Count();
        return (shard, random.Next(5) == 0 ? 1 + random.Next(shard.Views.Count) : Math.Max(1, place), incident);
    }

    private static ControlCommand Command(string id, Incident incident, List<ControlCommand> earlier, long time, SplitMix random)
    {
        var by = $"person-{random.Next(3)}";
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time);
        var silence = earlier.FindLast(command => command is SilenceCommand)?.Id ?? "no-silence";
        var maintenance = earlier.FindLast(command => command is MaintenanceCommand)?.Id ?? "no-maintenance";
        return random.Next(16) switch
        {
            0 or 1 or 2 => new AcknowledgeCommand(id, by, incident.Id, id),
            3 => new CloseCommand(id, by, incident.Id, id),
            4 or 5 => new SilenceCommand(id, by, Matcher(incident, random), id) { Duration = Minutes(1, 40, random) },
            6 => new SilenceCommand(id, by, Matcher(incident, random), id)
            {
                StartsAt = now + Minutes(1, 10, random),
                EndsAt = now + Minutes(12, 60, random),
            },
            7 => new ExpireSilenceCommand(id, by, silence, id),
            8 => new MaintenanceCommand(id, by, Matcher(incident, random), "*/15 * * * *", "Etc/UTC", Minutes(1, 10, random), id),
            9 => new EndMaintenanceCommand(id, by, maintenance, id),
            10 or 11 => new SetOptionsCommand(id, by, Options(random), id),
            12 or 13 => new ForgetCommand(
                id, by, incident.PropertyId ?? "nobody", random.Next(2) == 0 ? incident.VideoId : null,
                random.Next(2) == 0 ? incident.ErrorType : null, id),
            _ => new PauseCommand(id, by, id),
        };
    }

    /// <summary>Values that change what is an incident, and when it is over; sometimes one that cannot be.</summary>
    private static IReadOnlyList<KeyValuePair<string, string?>> Options(SplitMix random) => random.Next(5) switch
    {
        0 => [new("Detection:MinimumErrors", $"{3 + random.Next(6)}"), new("Incidents:UpdateInterval", "3m")],
        1 => [new("Incidents:ClosingViews", $"{20 + random.Next(60)}"), new("Detection:MinimumExcess", "2")],
        2 => [new("Detection:MinimumErrors", null), new("Incidents:ExpireAfterSilence", $"{10 + random.Next(20)}m")],
        3 => [new("Incidents:ClosingViews", null), new("Detection:TailProbability", "0.01")],
        _ => [new("Incidents:ClosingViews", "50"), new("Detection:MinimumErrors", "0")],
    };

    private static TimeSpan Minutes(int from, int to, SplitMix random) => TimeSpan.FromSeconds((60 * from) + random.Next(60 * (to - from)));

    private static IncidentMatcher Matcher(Incident incident, SplitMix random) => random.Next(3) switch
    {
        0 => new(incident.PropertyId),
        1 => new("*", ErrorType: incident.ErrorType),
        _ => new(incident.PropertyId, incident.VideoTitle, incident.ErrorType),
    };
}
