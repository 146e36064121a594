using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary>Shows an inspection as text and tables.</summary>
internal static class InspectionText
{
    private const int ShownChanges = 10;

    public static void Write(Inspection inspection, IAnsiConsole console)
    {
        var facts = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        var committed = inspection.CommittedAt is { } at ? $" at {IncidentWords.Time(at)}" : ", never committed";
        Fact("pipeline", inspection.Pipeline);
        Fact("commit", $"{IncidentWords.Count(inspection.Commit)}{committed}");
        Fact("owner", $"{(inspection.Owner.Length == 0 ? "none" : inspection.Owner)}, epoch {IncidentWords.Count(inspection.Epoch)}");
        Fact("schema", Schema(inspection));
        Fact("versions", string.Join(", ", inspection.Versions.Select(Version)));
        Fact("watermark", $"{Time(inspection.Watermark)}, newest view {Time(inspection.NewestEventTime)}");
        Fact("views", $"{IncidentWords.Count(inspection.Views)}, {IncidentWords.Count(inspection.Errors)} of them errors");
        Fact("not counted", NotCounted(inspection));
        Fact("keys", $"properties {IncidentWords.Count(inspection.Properties)}, titles {IncidentWords.Count(inspection.Titles)}");
        Fact("incidents", $"{IncidentWords.Count(inspection.OpenIncidents)} open");
        var waiting = inspection.Outbox.Count;
        Fact("outbox", waiting == 0 ? "empty" : $"{IncidentWords.Count(waiting)} not known to be delivered");
        if (inspection.ChangedMeanwhile)
            Fact("note", "a running service has committed meanwhile: parts may be of two commits");
        console.Write(facts);

        Rows(["section", ">entries", ">bytes"], inspection.Sections.Select(Row));
        Rows(["partition", "position", "watermark"], inspection.Partitions.Select(Row));
        Rows(["channel", ">has", ">waiting", "failing", ">missed"], inspection.Channels.Select(channel => Row(channel, inspection)));
        Rows([">undelivered", "change", "incident"], inspection.Outbox.Take(ShownChanges).Select(Row));
        Rows(["biggest titles", "property", ">views", ">bytes"], inspection.BiggestTitles.Select(Row));

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

    private static string[] Row(SectionSize size) =>
        [size.Section, IncidentWords.Count(size.Entries), IncidentWords.Count(size.Bytes)];

    private static string[] Row(InspectedPartition partition) =>
        [partition.Partition, partition.Position ?? "—", Time(partition.Watermark) + (partition.IsIdle ? ", idle" : "")];

    private static string[] Row(InspectedCursor cursor, Inspection inspection) =>
    [
        cursor.Channel,
        IncidentWords.Count(cursor.Acknowledged),
        IncidentWords.Count(inspection.Outbox.Count(change => (long)change.Sequence > cursor.Acknowledged)),
        cursor.Attempts == 0 ? "no" : $"{IncidentWords.Count(cursor.Attempts)} times, again {Time(cursor.NextAttempt)}",
        IncidentWords.Count(cursor.Dropped),
    ];

    private static string[] Row(InspectedChange change) => [$"{change.Sequence}", change.Transition, change.IncidentId];

    private static string[] Row(InspectedTitle title) =>
        [title.VideoId, title.PropertyId, IncidentWords.Count(title.Views), IncidentWords.Count(title.Bytes)];

    private static string Schema(Inspection inspection) =>
        inspection.Fault is not null ? $"{inspection.SchemaOfThisBuild} of this build, which cannot use the checkpoint"
        : inspection.Upgrades.Length > 0 ? $"of an earlier release, which this build reads and upgrades: {inspection.Upgrades}"
        : inspection.SchemaOfThisBuild;

    private static string Version(StoredVersion stored) =>
        stored.OfThisBuild == stored.Version ? $"{stored.State} {stored.Version}"
        : stored.OfThisBuild is { } known ? $"{stored.State} {stored.Version} (this build writes {known})"
        : $"{stored.State} {stored.Version} (unknown to this build)";

    private static string NotCounted(Inspection inspection)
    {
        var counts = inspection.Rejected.Select(rejected => (rejected.Value, rejected.Key.Replace('_', ' ')))
            .Prepend((inspection.Late, "late"))
            .Append((inspection.Dropped, "of properties beyond Windows:MaximumProperties"));
        var parts = counts.Where(part => part.Item1 > 0).Select(part => $"{IncidentWords.Count(part.Item1)} {part.Item2}").ToList();
        return parts.Count == 0 ? "none" : string.Join(", ", parts);
    }

    private static string Time(DateTimeOffset? time) => time is { } known ? IncidentWords.Time(known) : "—";
}
