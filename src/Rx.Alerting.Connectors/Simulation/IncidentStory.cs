namespace Rx.Alerting.Connectors.Simulation;

/// <summary>How incidents of one shape usually go; lengths are event time.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Weight">How often, relative to the others of a whole property.</param>
/// <param name="LeastLevel">Smallest share of the concerned views that fail.</param>
/// <param name="MostLevel">Largest share of them; between the two, uniform in the logarithm.</param>
/// <param name="Shortest">It is noticed and repaired after this long at the earliest …</param>
/// <param name="Longest">… and after this long at the latest, the sooner the more viewers it hits.</param>
/// <param name="Rise">How long it takes to its full level at the most; half of that at the least.</param>
/// <param name="Fall">How long it takes to recover at the most; half of that at the least.</param>
/// <param name="Causes">Where the errors arise.</param>
internal sealed record IncidentStory(
    IncidentShape Shape,
    double Weight,
    double LeastLevel,
    double MostLevel,
    TimeSpan Shortest,
    TimeSpan Longest,
    TimeSpan Rise,
    TimeSpan Fall,
    params Cause[] Causes)
{
    /// <summary>What happens to whole properties.</summary>
    public static IncidentStory[] OfProperties { get; } =
    [
        new(IncidentShape.Step, 28, 0.08, 0.9, Minutes(20), Minutes(480), default, default, Cause.License, Cause.Manifest),
        new(
            IncidentShape.Ramp, 14, 0.2, 0.85, Minutes(20), Minutes(240), Minutes(100), Minutes(40), Cause.License, Cause.Manifest, Cause.Delivery),
        new(IncidentShape.Blip, 12, 0.4, 0.95, Minutes(5), Minutes(15), default, default, Cause.Delivery, Cause.License),
        new(IncidentShape.WholeProperty, 12, 1, 1, Minutes(20), Minutes(360), default, default, Cause.License, Cause.Manifest),
        new(IncidentShape.OneCdn, 14, 0.6, 0.95, Minutes(30), Minutes(480), default, default, Cause.Delivery),
        new(IncidentShape.OneCountry, 12, 0.5, 0.95, Minutes(30), Minutes(600), default, default, Cause.Delivery, Cause.License),
        new(IncidentShape.SlowLeak, 8, 0.03, 0.1, Minutes(720), Minutes(2160), Minutes(1800), default, Cause.Decoding),
    ];

    /// <summary>What happens to single titles: nobody looks at most of them for days.</summary>
    public static IncidentStory OfTitles { get; } =
        new(IncidentShape.OneTitle, 1, 0.4, 1, Minutes(30), Minutes(3600), default, default, Cause.Decoding, Cause.Manifest);

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
