namespace Rx.Alerting.Connectors.Simulation;

/// <summary>How incidents of one shape usually go. Lengths are in event time.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Weight">How frequent the shape is, relative to the other shapes of whole properties.</param>
/// <param name="LeastLevel">The smallest share of the concerned views that fail. The level is uniform in the logarithm.</param>
/// <param name="MostLevel">The largest share of the concerned views that fail.</param>
/// <param name="Shortest">The shortest time until the incident is noticed and repaired. The more viewers it affects, the shorter.</param>
/// <param name="Longest">The longest time until the incident is noticed and repaired.</param>
/// <param name="Rise">The longest time until the full level. The shortest is half of it.</param>
/// <param name="Fall">The longest time to recover. The shortest is half of it.</param>
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
    /// <summary>Stories of whole properties.</summary>
    public static IncidentStory[] OfProperties { get; } =
    [
        new(IncidentShape.Step, 28, 0.08, 0.9, Minutes(20), Minutes(480), default, default, Cause.License, Cause.Manifest),
        new(
            IncidentShape.Ramp, 14, 0.2, 0.85, Minutes(20), Minutes(240), Minutes(100), Minutes(40),
            Cause.License, Cause.Manifest, Cause.Delivery),
        new(IncidentShape.Blip, 12, 0.4, 0.95, Minutes(5), Minutes(15), default, default, Cause.Delivery, Cause.License),
        new(IncidentShape.WholeProperty, 12, 1, 1, Minutes(20), Minutes(360), default, default, Cause.License, Cause.Manifest),
        new(IncidentShape.OneCdn, 14, 0.6, 0.95, Minutes(30), Minutes(480), default, default, Cause.Delivery),
        new(IncidentShape.OneCountry, 12, 0.5, 0.95, Minutes(30), Minutes(600), default, default, Cause.Delivery, Cause.License),
        new(IncidentShape.OneGroup, 8, 0.5, 0.95, Minutes(30), Minutes(720), default, default, Cause.Delivery, Cause.Decoding),
        Combination(2),
        Combination(3),
        new(IncidentShape.SlowLeak, 10, 0.03, 0.1, Minutes(720), Minutes(2160), Minutes(1800), default, Cause.Decoding),
    ];

    /// <summary>The story of single titles. They may last long, because nobody looks at most titles for days.</summary>
    public static IncidentStory OfTitles { get; } =
        new(IncidentShape.OneTitle, 1, 0.4, 1, Minutes(30), Minutes(3600), default, default, Cause.Decoding, Cause.Manifest);

    /// <summary>How many values the concerned views share, if <see cref="Shape"/> is <see cref="IncidentShape.Combination"/>.</summary>
    public int Values { get; private init; }

    private static IncidentStory Combination(int values) =>
        new(IncidentShape.Combination, 9, 0.5, 0.95, Minutes(60), Minutes(1440), default, default, Cause.Delivery, Cause.Decoding)
        {
            Values = values,
        };

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
