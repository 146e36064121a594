namespace Rx.Alerting.Connectors.Simulation;

/// <summary>How a property's traffic rises and falls over the day and the week, relative to its mean.</summary>
internal sealed class WeeklyProfile
{
    private const int Hours = 168;
    private const long HourMs = 3_600_000;

    /// <summary>The hour of the week of the Unix epoch, which was a Thursday. Weeks begin on Monday.</summary>
    private const long EpochHour = 72;

    private readonly double[] byHour = new double[Hours];

    public WeeklyProfile(SimulationRandom random)
    {
        var peak = random.Uniform(18, 22) + (random.Below(4) * 6);
        var swing = random.Uniform(0.35, 0.7);
        var second = random.Uniform(0.05, 0.25);
        var weekend = random.Uniform(0.75, 1.6);
        var sum = 0.0;
        for (var hour = 0; hour < Hours; hour++)
        {
            var angle = 2 * Math.PI * (hour - peak) / 24;
            var daily = 1 + (swing * Math.Cos(angle)) + (second * Math.Cos(2 * angle));
            sum += byHour[hour] = Math.Max(0.05, daily) * (hour / 24 >= 5 ? weekend : 1);
        }

        for (var hour = 0; hour < Hours; hour++)
            byHour[hour] *= Hours / sum;
    }

    /// <summary>The intensity at an event time in Unix milliseconds. The average over a week is 1.</summary>
    public double At(long time)
    {
        var hour = (int)(((time / HourMs) + EpochHour) % Hours);
        var part = (double)(time % HourMs) / HourMs;
        return byHour[hour] + (part * (byHour[(hour + 1) % Hours] - byHour[hour]));
    }
}
