using System.CommandLine;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary><c>rx-alerting checkpoint</c>: commands for the state of pipelines.</summary>
internal static class CheckpointCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting checkpoint list
          rx-alerting checkpoint inspect kafka/views --store redis --set Redis:Configuration=redis:6379
          rx-alerting checkpoint export kafka/views views.rxal
          rx-alerting checkpoint import views.rxal --store redis
          rx-alerting checkpoint reset kafka/views

        The store is the one that rx-alerting run has with the same --store, --set, --config and environment.
        """;

    /// <summary>The command itself, then its subcommands.</summary>
    public static IReadOnlyList<CommandWithExamples> Create(CommandHost host)
    {
        CommandWithExamples[] subcommands =
        [
            ListCommand.Create(host),
            InspectCommand.Create(host),
            ExportCommand.Create(host),
            ImportCommand.Create(host),
            ResetCommand.Create(host),
        ];
        var command = new Command("checkpoint", "Look at the state of pipelines, copy it between stores, or forget it.");
        foreach (var (subcommand, _) in subcommands)
            command.Add(subcommand);
        return [new CommandWithExamples(command, Examples), .. subcommands];
    }

    public static Argument<string> Pipeline() => new("PIPELINE") { Description = "Its name, as rx-alerting checkpoint list shows it." };
}
