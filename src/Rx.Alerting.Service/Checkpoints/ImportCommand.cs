using System.CommandLine;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary><c>rx-alerting checkpoint import</c>: a file as a checkpoint.</summary>
internal static class ImportCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting checkpoint import views.rxal --store redis --set Redis:Configuration=redis:6379
          rx-alerting checkpoint import views.rxal --pipeline kafka/views-copy
          rx-alerting checkpoint import views.rxal --force

        Stop the service first. One that runs all the same can commit no more, and ends.
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "What export has written." };
        var name = new Option<string>("--pipeline")
        {
            Description = "The name to import it as; otherwise the one that it had.",
            HelpName = "NAME",
        };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && (value.Length == 0 || value.Any(char.IsControl)))
                result.AddError("--pipeline must be a text without control characters.");
        });
        var force = new Option<bool>("--force") { Description = "Replace the checkpoint that the pipeline has." };
        var command = new Command("import", "Put an exported checkpoint into the store; a service started then goes on from it.")
        {
            file, name, force,
        };
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction(async parsed =>
        {
            using var interrupt = new Interrupt(host.Stop);
            var stop = interrupt.Token;
            var loaded = settings.Load(parsed, host);
            await using var store = CheckpointStores.Open(loaded);
            var path = parsed.GetRequiredValue(file);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            var entries = CheckpointImport.Verify(new CheckpointFileReader(stream));
            stream.Position = 0;
            var reader = new CheckpointFileReader(stream);
            var origin = reader.Origin;
            var pipeline = parsed.GetValue(name) ?? origin.Pipeline;
            var replaces = parsed.GetValue(force);
            var import = new CheckpointImport(store, host.Clock);
            var head = await CopyProgress.ShowAsync(Screen.ForError(host), $"importing {pipeline}", progress =>
                import.RunAsync(reader, pipeline, replaces, written => progress(written, entries), stop));
            await using var board = Boards.Open(loaded, BoardKind.Incidents); // The service fills it again when it starts.
            await board.ReplaceAsync(pipeline, head.Epoch, [], stop);
            host.Output.WriteLine(
                $"“{pipeline}” has {IncidentWords.Count(entries)} entries of commit {IncidentWords.Count(origin.Id)} "
                + $"of “{origin.Pipeline}”; its epoch is {IncidentWords.Count(head.Epoch)}. A service started now goes on from there.");
            return ExitCode.Success;
        });
        return new CommandWithExamples(command, Examples);
    }
}
