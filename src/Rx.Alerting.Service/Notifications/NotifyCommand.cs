using System.CommandLine;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Control.Sending;

namespace Rx.Alerting.Service.Notifications;

/// <summary><c>rx-alerting notify</c>: commands for channels that tell people.</summary>
internal static class NotifyCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting notify list --not-sent
          rx-alerting notify test ops --config rx-alerting.json
          rx-alerting notify retry ops

        Channels and store are those that rx-alerting run has with the same --store, --set, --config and environment.
        “retry” asks a service that runs.
        """;

    /// <summary>The command itself, then its subcommands.</summary>
    public static IReadOnlyList<CommandWithExamples> Create(CommandHost host)
    {
        var retry = ControlSubcommand.Retry(
            """
              rx-alerting notify retry
              rx-alerting notify retry ops --url http://127.0.0.1:9000
            """);
        CommandWithExamples[] subcommands =
            [NotifyListCommand.Create(host), NotifyTestCommand.Create(host), ControlCommandLine.Create("retry", retry, host)];
        var command = new Command("notify", "Look at what channels have told and what not, try channels, and have them try again.");
        foreach (var (subcommand, _) in subcommands)
            command.Add(subcommand);
        return [new CommandWithExamples(command, Examples), .. subcommands];
    }
}
