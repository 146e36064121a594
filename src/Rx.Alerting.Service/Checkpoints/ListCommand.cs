using System.CommandLine;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary><c>rx-alerting checkpoint list</c>: the pipelines that a store knows.</summary>
internal static class ListCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting checkpoint list
          rx-alerting checkpoint list --store redis --set Redis:Configuration=redis:6379,password=…
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var command = new Command(
            "list",
            "Show the pipelines of the store: who owns them, when they were committed last, how large they are.");
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction((parsed, stop) => ExecuteAsync(settings.Load(parsed, host), host, stop));
        return new CommandWithExamples(command, Examples);
    }

    private static async Task<int> ExecuteAsync(Settings settings, CommandHost host, CancellationToken stop)
    {
        await using var store = StoredPipeline.OpenStore(settings);
        var table = new Table().Border(TableBorder.Simple).AddColumns("pipeline", "epoch", "owner", "commit", "at", "entries", "bytes");
        foreach (var right in (int[])[1, 3, 5, 6])
            table.Columns[right].RightAligned();
        foreach (var name in await store.ListAsync(stop))
        {
            var pipeline = await StoredPipeline.FindAsync(store, name, stop);
            var sizes = await pipeline.MeasureAsync(look: null, stop);
            var head = pipeline.Head;
            string[] row =
            [
                IncidentWords.Printable(name),
                IncidentWords.Count(head.Epoch),
                head.Owner.Length == 0 ? "—" : IncidentWords.Printable(CheckpointOwner.Who(head.Owner) ?? head.Owner),
                IncidentWords.Count(head.Id),
                head.CommittedAt is { } time ? IncidentWords.Time(time) : "—",
                IncidentWords.Count(sizes.Sections.Sum(size => size.Entries)) + (sizes.Fault is null ? "" : ", not whole"),
                IncidentWords.Count(sizes.Sections.Sum(size => size.Bytes)),
            ];
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        if (table.Rows.Count == 0)
            host.Output.WriteLine("The store has no checkpoints.");
        else
            Screen.ForOutput(host).Console.Write(table);
        return ExitCode.Success;
    }
}
