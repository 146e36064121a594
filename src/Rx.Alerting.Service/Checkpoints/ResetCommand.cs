using System.CommandLine;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary><c>rx-alerting checkpoint reset</c>: a pipeline begins anew.</summary>
internal static class ResetCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting checkpoint export kafka/views before-reset.rxal
          rx-alerting checkpoint reset kafka/views
          rx-alerting checkpoint reset kafka/views --yes


        """
        + "A service that runs can commit no more, and ends. One started then reads the stream from where its source begins, "
        + "and learns anew what is normal.";

    public static CommandWithExamples Create(CommandHost host)
    {
        var pipeline = CheckpointCommand.Pipeline();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var command = new Command("reset", "Forget the checkpoint of a pipeline. What is lost is said before.") { pipeline, yes };
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction(async (parsed, stop) =>
        {
            var loaded = settings.Load(parsed, host);
            await using var store = StoredPipeline.OpenStore(loaded);
            var found = await StoredPipeline.FindAsync(store, parsed.GetRequiredValue(pipeline), stop);
            host.Output.WriteLine(Losses(await Inspector.InspectAsync(found, biggestTitles: 0, stop)));
            if (!parsed.GetValue(yes) && !await ConfirmAsync(host, stop))
                throw new CommandFailedException("nothing was reset: answer y, or give --yes.");
            await store.ResetAsync(found.Name, stop);
            await using var board = Boards.Open(loaded, BoardKind.Incidents);
            // The part goes to the new epoch, so that a service that still runs does not write it again.
            if (await store.FindAsync(found.Name, stop) is { } head)
                await board.ReplaceAsync(found.Name, head.Epoch, [], stop);
            host.Output.WriteLine($"“{found.Name}” is reset.");
            return ExitCode.Success;
        });
        return new CommandWithExamples(command, Examples);
    }

    private static async Task<bool> ConfirmAsync(CommandHost host, CancellationToken stop)
    {
        await host.Output.WriteAsync("Forget it? [y/N] ".AsMemory(), stop);
        await host.Output.FlushAsync(stop);
        return await host.Input.ReadLineAsync(stop) is { } answer && answer.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static string Losses(Inspection lost)
    {
        var what = lost.Fault is null
            ? $"what is normal for {Count(lost.Properties, "property", "properties")} and {Count(lost.Titles, "title", "titles")}, "
                + $"{Count(lost.OpenIncidents, "open incident", "open incidents")} and the history of others, "
                + $"{Count(lost.Outbox.Count, "change that was", "changes that were")} not known to be delivered, "
                + $"and where to read on in {Count(lost.Partitions.Count, "partition", "partitions")}"
            : $"{Count(lost.Sections.Sum(size => size.Entries), "entry", "entries")} that this build cannot read";
        return $"Commit {IncidentWords.Count(lost.Commit)} of “{lost.Pipeline}” will be lost: {what}.";

        static string Count(long number, string one, string many) => $"{IncidentWords.Count(number)} {(number == 1 ? one : many)}";
    }
}
