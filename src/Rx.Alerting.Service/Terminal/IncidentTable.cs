using Rx.Alerting.Core.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Terminal;

/// <summary>Shows incidents in their final state, one a row. Only titles and errors wrap. A narrow terminal shows fewer columns.</summary>
internal static class IncidentTable
{
    /// <summary>A terminal of at least this width shows all columns.</summary>
    private const int FullWidth = 120;

    /// <summary>Error types up to this length, which codes have, never wrap.</summary>
    private const int UnbrokenError = 8;

    public static Table Of(IReadOnlyList<Incident> incidents, int width)
    {
        var wide = width >= FullWidth;
        var wraps = wide || incidents.Any(incident => incident.ErrorType.Length > UnbrokenError);
        var columns = Columns(wide, wraps).Where(column => wide || !column.OnlyWide).ToArray();
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(column.Name, shown =>
            {
                shown.NoWrap = !column.Wraps;
                shown.Alignment = column.IsNumber ? Justify.Right : Justify.Left;
                shown.Padding = wide ? shown.Padding : new Padding(0, 0, 1, 0);
            });
        }

        foreach (var incident in incidents)
            table.AddRow(columns.Select(column => Cell(column, incident)));
        return table;
    }

    private static Text Cell(Column column, Incident incident) =>
        new(column.Text(incident), Style.Parse(column.Color?.Invoke(incident) ?? "default"));

    private static IEnumerable<Column> Columns(bool wide, bool wrapsErrors) =>
    [
        wide
            ? new("opened (event time)", incident => IncidentWords.Time(incident.StartedAt))
            : new("opened", incident => IncidentWords.ShortTime(incident.StartedAt)[..^":00".Length]),
        new("lasted", IncidentWords.Lasted, OnlyWide: true),
        new("severity", incident => IncidentSigns.Of(incident.Severity).Word, incident => IncidentSigns.Of(incident.Severity).Color),
        new("property", IncidentWords.Property),
        new("title", incident => IncidentWords.Printable(incident.VideoTitle ?? incident.VideoId ?? "—"), Wraps: true),
        new("error", incident => IncidentWords.Printable(incident.ErrorType), Wraps: wrapsErrors),
        new("rate", incident => IncidentWords.Percent(IncidentWords.WorstRate(incident)), IsNumber: true),
        new("threshold", incident => IncidentWords.Percent(incident.Threshold), IsNumber: true, OnlyWide: true),
        new("affected", incident => IncidentWords.Count(incident.AffectedViews), IsNumber: true),
        new("status", incident => IncidentSigns.Of(incident.Status).Word, incident => IncidentSigns.Of(incident.Status).Color),
    ];

    private sealed record Column(
        string Name,
        Func<Incident, string> Text,
        Func<Incident, string>? Color = null,
        bool IsNumber = false,
        bool Wraps = false,
        bool OnlyWide = false);
}
