using System.Globalization;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation.Slices;

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

    /// <summary>The only views that are concerned.</summary>
    public SimulatedSlice Slice { get; init; } = SimulatedSlice.Whole;

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

    /// <summary>Views of the property from the start to the end.</summary>
    public long Views { get; private set; }

    /// <summary>Views that are concerned, from the start to the end.</summary>
    public long SliceViews { get; private set; }

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
        (TitleRank < 0 || TitleRank == titleRank) && Slice.Views.Contains(view);

    /// <summary>Notes an affected view. To be called in event-time order.</summary>
    public void Affect(long time)
    {
        AffectedViews++;
        if (affectedAt.Count < IncidentLabel.MaximumAffectedAt)
            affectedAt.Add(time);
    }

    /// <summary>Notes any view of the property, if it is one of those from the start on.</summary>
    public void Follow(in SimulatedView view, int titleRank)
    {
        if (view.EventTime < Start || view.EventTime >= Followed)
            return;
        if (view.EventTime >= End)
        {
            ViewsAfter += TitleRank < 0 || TitleRank == titleRank ? 1 : 0;
            return;
        }

        Views++;
        SliceViews += Concerns(view, titleRank) ? 1 : 0;
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
        Slice = Slice.ToLabel(),
        SameSlices = [.. Slice.Same().Select(same => same.ToLabel())],
        AlwaysWorse = world.Properties[Property].AlwaysWorse?.ToLabel() ?? [],
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(Start),
        EndedAt = DateTimeOffset.FromUnixTimeMilliseconds(End),
        Level = Level,
        TrafficShare = TrafficShare,
        NormalRate = world.Properties[Property].RateOf(ErrorType),
        Views = Views,
        SliceViews = SliceViews,
        AffectedViews = AffectedViews,
        AffectedAt = affectedAt,
        ViewsAfter = ViewsAfter,
    };
}
