using System.Globalization;
using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>One injected incident: what breaks, when and how much, and which views were affected.</summary>
/// <remarks>
/// The share of concerned views that fail is a trapezium over event time:
/// <code>
/// Level        ______
///             /      \
/// 0    ______/        \______
///     Start  Full  Ebb  End
/// </code>
/// </remarks>
internal sealed record InjectedIncident
{
    private readonly List<long> affectedAt = [];

    public required int Number { get; init; }

    public required IncidentShape Shape { get; init; }

    public required int Property { get; init; }

    /// <summary>The rank of the only title that is concerned. -1 if all titles are.</summary>
    public int TitleRank { get; init; } = -1;

    /// <summary>The index of the only CDN that is concerned. -1 if all CDNs are.</summary>
    public int Cdn { get; init; } = -1;

    /// <summary>The index of the only country that is concerned. -1 if all countries are.</summary>
    public int Country { get; init; } = -1;

    /// <summary>Index into <see cref="ErrorKind.Failures"/>.</summary>
    public required int ErrorType { get; init; }

    /// <summary>Share of the property's views that are concerned, 0–1.</summary>
    public required double TrafficShare { get; init; }

    /// <summary>Largest share of the concerned views that fail, 0–1.</summary>
    public required double Level { get; init; }

    /// <summary>Event times in Unix milliseconds.</summary>
    public required long Start { get; init; }

    public required long Full { get; init; }

    public required long Ebb { get; init; }

    public required long End { get; init; }

    /// <summary>When the label's count of views ends, in Unix milliseconds.</summary>
    public long Followed => End + (long)IncidentLabel.Aftermath.TotalMilliseconds;

    public long AffectedViews { get; private set; }

    /// <summary>Views of the property, or of the only title that is concerned, from the end on.</summary>
    public long ViewsAfter { get; private set; }

    /// <summary>Share of the concerned views that fail at an event time, 0–1.</summary>
    public double LevelAt(long time)
    {
        if (time < Start || time >= End)
            return 0;
        if (time < Full)
            return Level * (time - Start) / (Full - Start);
        return time < Ebb ? Level : Level * (End - time) / (End - Ebb);
    }

    public bool Concerns(in SimulatedView view, int titleRank) =>
        (TitleRank < 0 || TitleRank == titleRank)
        && (Cdn < 0 || Cdn == view.Cdn)
        && (Country < 0 || Country == view.Country);

    /// <summary>Notes an affected view. To be called in event-time order.</summary>
    public void Affect(long time)
    {
        AffectedViews++;
        if (affectedAt.Count < IncidentLabel.MaximumAffectedAt)
            affectedAt.Add(time);
    }

    /// <summary>Notes any view of the property, if it is one of those after the end.</summary>
    public void Follow(long time, int titleRank)
    {
        if (time >= End && time < Followed && (TitleRank < 0 || TitleRank == titleRank))
            ViewsAfter++;
    }

    /// <summary>
    /// The label, with the names and the time resolution of views of <paramref name="format"/>. A log has whole seconds only.
    /// </summary>
    public IncidentLabel ToLabel(SimulatedWorld world, RecordFormat format)
    {
        var resolution = format == RecordFormat.AccessLog ? 1000 : 1;
        return Label(world, format) with
        {
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(Start / resolution * resolution),
            AffectedAt = [.. affectedAt.Select(time => time / resolution * resolution)],
        };
    }

    private IncidentLabel Label(SimulatedWorld world, RecordFormat format) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"injected-{Number:0000}"),
        Kind = TitleRank < 0 ? IncidentScope.Property : IncidentScope.Title,
        Shape = Shape,
        PropertyId = SimulatedNames.Property(format, Property),
        VideoId = TitleRank < 0 ? null : world.Names.Video(format, Property, world.Properties[Property].FirstTitle + TitleRank),
        ErrorType = SimulatedNames.ErrorType(format, ErrorType),
        Dimension = Cdn >= 0 ? new LabelDimension("cdn", Circumstances.Cdns[Cdn])
            : Country >= 0 ? new LabelDimension("country", Circumstances.Countries[Country])
            : null,
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(Start),
        EndedAt = DateTimeOffset.FromUnixTimeMilliseconds(End),
        Level = Level,
        TrafficShare = TrafficShare,
        AffectedViews = AffectedViews,
        AffectedAt = affectedAt,
        ViewsAfter = ViewsAfter,
    };
}
