using System.CommandLine;
using System.Text.Json.Nodes;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary><c>rx-alerting control</c>: sends commands to a service that runs.</summary>
internal static class ControlCommandLine
{
    private const string Examples =
        """
        Examples:
          rx-alerting control status
          rx-alerting control acknowledge 1f0c7a --by ann --note "Looking at the CDN"
          rx-alerting control silence --property 'shop-*' --for 2h --comment "CDN moves"
          rx-alerting control unsilence 7f3e
          rx-alerting control set-options Detection:MinimumErrors=7 --comment "Less noise"
          rx-alerting control pause --comment "The broker moves"
          rx-alerting control checkpoint --url http://127.0.0.1:9000
          rx-alerting control send command.json --rabbit --set RabbitMq:Uri=amqp://rx@broker --replicas 3

        A command goes to one service over HTTP, on this machine; with --rabbit to all of them over RabbitMQ.
        It is given an id, which is shown. Sent again with --id, it does nothing twice.
        Ends with 0 if the command is done or was done before, with 1 if it is refused, or nobody has confirmed it.
        """;

    /// <summary>The command itself, then its subcommands.</summary>
    public static IReadOnlyList<CommandWithExamples> Create(CommandHost host)
    {
        CommandWithExamples[] subcommands =
            [.. ControlSubcommand.All().Select(one => Create(one.Type, one, host)), SendCommand.Create(host)];
        var command = new Command("control", "Decide about incidents, and ask a service that runs what it does.");
        foreach (var (subcommand, _) in subcommands)
            command.Add(subcommand);
        return [new CommandWithExamples(command, Examples), .. subcommands];
    }

    /// <param name="name">Of the command.</param>
    /// <param name="subcommand">What it sends.</param>
    /// <param name="host">Around the command line.</param>
    public static CommandWithExamples Create(string name, ControlSubcommand subcommand, CommandHost host)
    {
        var by = new Option<string?>("--by") { HelpName = "NAME", Description = "Who decides; if not given, the variable USER." };
        var command = new Command(name, subcommand.Description);
        foreach (var member in subcommand.Members)
            member.AddTo(command);
        command.Add(by);
        var sending = new SendArguments(command);
        command.SetAction((parsed, stop) =>
        {
            var message = new JsonObject
            {
                ["id"] = sending.Id(parsed) ?? Guid.NewGuid().ToString(),
                ["by"] = parsed.GetValue(by) ?? host.Environment.GetValueOrDefault("USER"),
                ["type"] = subcommand.Type,
            };
            foreach (var member in subcommand.Members)
            {
                if (member.Value(parsed) is { } value)
                    message[member.Name] = value;
            }

            var names = subcommand.Members.ToDictionary(member => member.Name, member => member.Symbol.Name);
            (names["id"], names["by"]) = ("--id", "--by");
            return sending.SendAsync(message, member => names.GetValueOrDefault(member, member), parsed, host, stop);
        });
        return new CommandWithExamples(command, $"Examples:{Environment.NewLine}{subcommand.Examples}");
    }
}
