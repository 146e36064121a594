using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Section <c>Simulation</c>: what traffic is made up. The same options give the same bytes.</summary>
public sealed record SimulationOptions
{
    private static readonly DateTimeOffset FirstStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), LastStart = new(2150, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Views in all; of endless traffic, views in <see cref="Days"/>. 1 to 100 billion; default 1 million.</summary>
    public long Views { get; init; } = 1_000_000;

    /// <summary>Any number; default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Properties. 1 to 10,000; default 24.</summary>
    public int Properties { get; init; } = 24;

    /// <summary>Titles in all properties. <see cref="Properties"/> to 10 million; default 20,000.</summary>
    public int Titles { get; init; } = 20_000;

    /// <summary>Days of event time that the views are spread over. 1 to 3650; default 14.</summary>
    public int Days { get; init; } = 14;

    /// <summary>Event time of the beginning. 2000 to 2150; default 2026-01-05, a Monday.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long after its event time a view arrives at the most. 0 to 1 day; default 30 seconds.</summary>
    public TimeSpan Disorder { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Partitions that the views are spread over by view id. 1 to 1024; default 1.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Incidents of whole properties that are tried, per property and day. 0 to 100; default 0.15.</summary>
    public double PropertyIncidentsPerDay { get; init; } = 0.15;

    /// <summary>Incidents of single titles that are tried, per property and day. 0 to 100; default 0.15.</summary>
    public double TitleIncidentsPerDay { get; init; } = 0.15;

    /// <summary>Time at the beginning in which nothing breaks, at most a quarter of <see cref="Days"/>. 0 to 365 days; default 36 hours.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromHours(36);

    /// <summary>How views are written. Default <see cref="SimulationFormat.MuxJson"/>.</summary>
    public SimulationFormat Format { get; init; }

    /// <summary>Seconds of event time in a second, where traffic is played instead of written. 0.001 to 1 million; default 300.</summary>
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

    /// <summary>Every fault, each as a sentence that begins with the option's key; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        faults.Range("Simulation:Views", Views, 1, 100_000_000_000);
        faults.Range("Simulation:Properties", Properties, 1, 10_000);
        faults.Range("Simulation:Titles", Titles, Math.Max(1, Properties), 10_000_000);
        faults.Range("Simulation:Days", Days, 1, 3650);
        faults.Range("Simulation:Start", Start, FirstStart, LastStart);
        faults.Range("Simulation:Disorder", Disorder, TimeSpan.Zero, TimeSpan.FromDays(1));
        faults.Range("Simulation:Partitions", Partitions, 1, 1024);
        faults.Range("Simulation:PropertyIncidentsPerDay", PropertyIncidentsPerDay, 0, 100);
        faults.Range("Simulation:TitleIncidentsPerDay", TitleIncidentsPerDay, 0, 100);
        faults.Range("Simulation:Quiet", Quiet, TimeSpan.Zero, TimeSpan.FromDays(365));
        faults.Range("Simulation:Speed", Speed, 0.001, 1e6);
        faults.Require(Enum.IsDefined(Format), "Simulation:Format", "is none of mux-json, mux-protobuf, access-log");
        return faults.All;
    }

    /// <exception cref="ArgumentException">There are faults; the message names them all.</exception>
    internal void ThrowIfFaulty()
    {
        var faults = Validate();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, faults));
    }
}
