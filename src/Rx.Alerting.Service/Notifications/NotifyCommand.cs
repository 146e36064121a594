using System.CommandLine;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Notifications;

/// <summary><c>rx-alerting notify</c>: commands for channels that tell people.</summary>
internal static class NotifyCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting notify list --not-sent
          rx-alerting notify test ops --config rx-alerting.json

        Channels and store are those that rx-alerting run has with the same --store, --set, --config and environment.
        """;

    /// <summary>The command itself, then its subcommands.</summary>
    public static IReadOnlyList<CommandWithExamples> Create(CommandHost host)
    {
        CommandWithExamples[] subcommands = [NotifyListCommand.Create(host), NotifyTestCommand.Create(host)];
        var command = new Command("notify", "Look at what channels have told and what not, and try channels.");
        foreach (var (subcommand, _) in subcommands)
            command.Add(subcommand);
        return [new CommandWithExamples(command, Examples), .. subcommands];
    }
}
