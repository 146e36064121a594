using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary>An inspection for people.</summary>
internal static class InspectionText
{
    private const int ShownEffects = 10;

    public static void Write(Inspection inspection, IAnsiConsole console)
    {
        var facts = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Fact("pipeline", inspection.Pipeline);
        Fact("commit", $"{IncidentWords.Count(inspection.Commit)}{(inspection.CommittedAt is { } at ? $" at {IncidentWords.Time(at)}" : ", never committed")}");
        Fact("owner", $"{(inspection.Owner.Length == 0 ? "none" : inspection.Owner)}, epoch {IncidentWords.Count(inspection.Epoch)}");
        Fact("schema", Schema(inspection));
        Fact("watermark", $"{Time(inspection.Watermark)}, newest view {Time(inspection.NewestEventTime)}");
        Fact("views", $"{IncidentWords.Count(inspection.Views)}, {IncidentWords.Count(inspection.Errors)} of them errors");
        Fact("not counted", NotCounted(inspection));
        Fact("keys", $"properties {IncidentWords.Count(inspection.Properties)}, titles {IncidentWords.Count(inspection.Titles)}");
        Fact("incidents", $"{IncidentWords.Count(inspection.OpenIncidents)} open");
        Fact("outbox", inspection.Outbox.Count == 0 ? "empty" : $"{IncidentWords.Count(inspection.Outbox.Count)} not known to be delivered");
        if (inspection.ChangedMeanwhile)
            Fact("note", "a running service has committed meanwhile: parts may be of two commits");
        console.Write(facts);

        Rows(["section", ">entries", ">bytes"], inspection.Sections.Select(size => new[] { size.Section, IncidentWords.Count(size.Entries), IncidentWords.Count(size.Bytes) }));
        Rows(["partition", "position", "watermark"], inspection.Partitions.Select(one => new[] { one.Partition, one.Position ?? "—", Time(one.Watermark) + (one.IsIdle ? ", idle" : "") }));
        Rows([">undelivered", "change", "incident"], inspection.Outbox.Take(ShownEffects).Select(one => new[] { $"{one.Sequence}", one.Transition, one.IncidentId }));
        Rows(["biggest titles", "property", ">views", ">bytes"], inspection.BiggestTitles.Select(one => new[] { one.VideoId, one.PropertyId, IncidentWords.Count(one.Views), IncidentWords.Count(one.Bytes) }));

        void Fact(string name, string value) => facts.AddRow(new Text(name), new Text(IncidentWords.Printable(value)));

        void Rows(string[] columns, IEnumerable<string[]> rows)
        {
            var table = new Table().Border(TableBorder.Simple);
            foreach (var column in columns)
                table.AddColumn(column.TrimStart('>'), shown => shown.Alignment = column[0] == '>' ? Justify.Right : Justify.Left);
            foreach (var row in rows)
                table.AddRow(row.Select(cell => new Text(IncidentWords.Printable(cell))));
            if (table.Rows.Count > 0)
                console.Write(table);
        }
    }

    private static string Schema(Inspection inspection) =>
        inspection.Fault is not null ? $"{inspection.SchemaOfThisBuild} of this build, which cannot use the checkpoint"
        : inspection.Upgrades.Length > 0 ? $"of an earlier release, which this build reads and upgrades: {inspection.Upgrades}"
        : inspection.SchemaOfThisBuild;

    private static string NotCounted(Inspection inspection)
    {
        var counts = inspection.Rejected.Select(one => (one.Value, one.Key.Replace('_', ' ')))
            .Prepend((inspection.Late, "late"))
            .Append((inspection.Dropped, "of properties beyond Windows:MaximumProperties"));
        var parts = counts.Where(one => one.Item1 > 0).Select(one => $"{IncidentWords.Count(one.Item1)} {one.Item2}").ToList();
        return parts.Count == 0 ? "none" : string.Join(", ", parts);
    }

    private static string Time(DateTimeOffset? time) => time is { } known ? IncidentWords.Time(known) : "—";
}
