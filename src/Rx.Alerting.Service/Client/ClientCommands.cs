using System.CommandLine;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Control.Sending;

namespace Rx.Alerting.Service.Client;

/// <summary>
/// The commands that ask a service that runs, for people who live in a terminal: <c>rx-alerting incidents</c> and others. What changes
/// something is sent as <c>rx-alerting control</c> sends it.
/// </summary>
internal static class ClientCommands
{
    private const string Common =
        """

        Asked is the service at --url, over HTTP; by default that on this machine. --json writes its answer for programs.
        A token is read from --token-file or the variable RX_ALERTING_TOKEN, never from the command line.
        Ends with 0 if it is answered, 1 if not, 2 if the command line is wrong.
        """;

    /// <summary>The commands, and their subcommands.</summary>
    /// <param name="host">Around the command line.</param>
    /// <param name="commands">The commands themselves.</param>
    public static IReadOnlyList<CommandWithExamples> Create(CommandHost host, out IReadOnlyList<Command> commands)
    {
        CommandWithExamples[][] groups =
        [
            Group(
                "incidents",
                "Show incidents of a service that runs, and decide about them.",
                ClientQuestions.Incidents,
                host,
                [ClientQuestions.Incident, ClientQuestions.Related, ClientQuestions.Timeline],
                [
                    Decide("acknowledge", "acknowledge", "  rx-alerting incidents acknowledge 1f0c7a --note \"My turn\"", host),
                    Decide("close", "close", "  rx-alerting incidents close 1f0c7a --note \"Fixed in release 12\"", host),
                ]),
            Group(
                "silences",
                "Show silences of a service that runs, make them, and end them.",
                ClientQuestions.Silences,
                host,
                [],
                [
                    Decide("create", "silence", "  rx-alerting silences create --property 'shop-*' --for 2h --comment \"CDN moves\"", host),
                    Decide("expire", "unsilence", "  rx-alerting silences expire 7f3e --note \"Done early\"", host),
                ]),
            Group(
                "maintenance-windows",
                "Show maintenance windows of a service that runs, make them, and end them.",
                ClientQuestions.Windows,
                host,
                [],
                [
                    Decide(
                        "create",
                        "maintenance",
                        """
                          rx-alerting maintenance-windows create --property shop-eu --cron '0 3 * * SUN' --time-zone Europe/Berlin \
                            --for 90m --comment Releases
                        """,
                        host),
                    Decide("expire", "end-maintenance", "  rx-alerting maintenance-windows expire 7f41", host),
                ]),
            Group(
                "pipelines",
                "Show how a service that runs reads its stream.",
                OperationQuestions.Pipelines,
                host,
                [OperationQuestions.Partitions],
                []),
            Group(
                "notifications",
                "Show who was told of what by a service that runs, and have it try again.",
                OperationQuestions.Notifications,
                host,
                [OperationQuestions.Channels],
                [Decide("retry", "retry-notifications", "  rx-alerting notifications retry ops", host)]),
            [Explained(ClientQuestions.Properties.Create(host))],
            [Explained(ClientQuestions.Titles.Create(host))],
        ];
        commands = [.. groups.Select(group => group[0].Command)];
        return [.. groups.SelectMany(group => group)];
    }

    /// <summary>A command that shows a list, and its subcommands.</summary>
    private static CommandWithExamples[] Group(
        string name,
        string description,
        ApiQuestion list,
        CommandHost host,
        IReadOnlyList<ApiQuestion> questions,
        IReadOnlyList<CommandWithExamples> decisions)
    {
        var command = new Command(name, description);
        list.AddTo(command, host);
        CommandWithExamples[] subcommands = [.. questions.Prepend(list).Select(one => Explained(one.Create(host))), .. decisions];
        foreach (var (subcommand, _) in subcommands)
            command.Add(subcommand);
        return [Explained(new(command, $"Examples:{Environment.NewLine}{list.Examples}")), .. subcommands];
    }

    private static CommandWithExamples Explained(CommandWithExamples one) =>
        one with { Examples = one.Examples + Environment.NewLine + Common };

    private static CommandWithExamples Decide(string name, string type, string examples, CommandHost host) =>
        ControlCommandLine.Create(name, ControlSubcommand.All().Single(one => one.Type == type) with { Examples = examples }, host);
}
