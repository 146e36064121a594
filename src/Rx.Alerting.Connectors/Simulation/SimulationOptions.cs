using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>What traffic is made up. The same options give the same bytes.</summary>
[OptionSection("Simulation")]
public sealed record SimulationOptions : IValidatableObject
{
    /// <summary>Views in all. Of endless traffic: views in <see cref="Days"/>.</summary>
    [Range(1, 1e11)]
    public long Views { get; init; } = 1_000_000;

    /// <summary>Another number gives other traffic.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Properties; the busiest has far more views than the others.</summary>
    [Range(1, 10_000)]
    public int Properties { get; init; } = 24;

    /// <summary>Titles in all properties. Not fewer than <see cref="Properties"/>.</summary>
    [Range(1, 10_000_000)]
    public int Titles { get; init; } = 20_000;

    /// <summary>Days of event time that the views are spread over.</summary>
    [Range(1, 3650)]
    public int Days { get; init; } = 14;

    /// <summary>Event time of the beginning. Rates vary by the day of the week, so a Monday makes whole weeks.</summary>
    [Range(typeof(DateTimeOffset), "2000-01-01T00:00:00Z", "2150-01-01T00:00:00Z")]
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long after its event time a view may arrive.</summary>
    [TimeRange("0s", "1d")]
    public TimeSpan Disorder { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Partitions that the views are spread over by view id.</summary>
    [Range(1, 1024)]
    public int Partitions { get; init; } = 1;

    /// <summary>Incidents of whole properties that are tried, per property and day.</summary>
    [Range(0.0, 100)]
    public double PropertyIncidentsPerDay { get; init; } = 0.15;

    /// <summary>Incidents of single titles that are tried, per property and day.</summary>
    [Range(0.0, 100)]
    public double TitleIncidentsPerDay { get; init; } = 0.15;

    /// <summary>Time at the beginning in which nothing breaks. At most a quarter of <see cref="Days"/> counts.</summary>
    [TimeRange("0s", "365d")]
    public TimeSpan Quiet { get; init; } = TimeSpan.FromHours(36);

    /// <summary>How views are written.</summary>
    public RecordFormat Format { get; init; }

    /// <summary>Seconds of event time that pass in one second. Only where traffic is played, not where it is written.</summary>
    [Range(0.001, 1e6)]
    public double Speed { get; init; } = 300;

    /// <summary>Traffic to look at: eight properties, 100 views a second of event time, something new breaks every few minutes.</summary>
    public static SimulationOptions Demo { get; } = new()
    {
        Views = 8_640_000,
        Days = 1,
        Properties = 8,
        Titles = 5_000,
        Quiet = TimeSpan.FromMinutes(30),
        PropertyIncidentsPerDay = 8,
        TitleIncidentsPerDay = 8,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Titles < Properties)
            yield return new($"is {Titles}, must not be less than {nameof(Properties)}, {Properties}", [nameof(Titles)]);
    }

    /// <exception cref="ArgumentException">There are faults; the message names them all.</exception>
    internal void ThrowIfFaulty()
    {
        if (OptionFaults.Of(this) is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(Environment.NewLine, faults));
    }
}
