using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Checkpoints;
using Rx.Alerting.Service.Client;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control.Sending;
using Rx.Alerting.Service.Explain;
using Rx.Alerting.Service.Notifications;
using Rx.Alerting.Service.Replay;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Score;
using Rx.Alerting.Service.Simulate;

namespace Rx.Alerting.Service.CommandLine;

/// <summary>The command line <c>rx-alerting</c>: its commands, and how their ends become exit codes and messages.</summary>
internal static class RxAlertingCommand
{
    private const string Description =
        "Learns what error rate is normal for every property, video title and error type, and opens an incident when it is not.";

    private const string Examples =
        """
        Examples:
          rx-alerting run                            the service on simulated traffic, http://localhost:8080
          rx-alerting replay access.log.gz           what would have been found in a log
          rx-alerting replay views.jsonl --out -     the same as JSON lines, for jq

        Exit codes: 0 ok, 1 failed, 2 wrong usage or configuration.
        """;

    private const string Debug = "--debug";

    /// <summary>Runs the command that <paramref name="arguments"/> ask for and gives the exit code; never throws.</summary>
    public static async Task<int> RunAsync(string[] arguments, CommandHost host)
    {
        var parsed = Create(host).Parse(arguments);
        if (arguments.Length == 0)
            parsed = parsed.RootCommandResult.Command.Parse(["--help"]);

        var invocation = new InvocationConfiguration
        {
            Output = arguments.Length == 0 ? host.Error : host.Output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };

        try
        {
            if (parsed.Action is ParseErrorAction)
                throw new MisusedException([.. parsed.Errors.Select(error => error.Message)]);

            var code = await parsed.InvokeAsync(invocation, host.Stop);
            return arguments.Length == 0 ? ExitCode.Misused : code;
        }
        catch (Exception failure)
        {
            return Report(failure, parsed, host.Error);
        }
    }

    private static RootCommand Create(CommandHost host)
    {
        var checkpoint = CheckpointCommand.Create(host);
        var control = ControlCommandLine.Create(host);
        var notify = NotifyCommand.Create(host);
        var token = TokenCommand.Create(host);
        var client = ClientCommands.Create(host, out var asking);
        CommandWithExamples[] commands =
        [
            RunCommand.Create(host),
            HealthCommand.Create(host),
            ReplayCommand.Create(host),
            ExplainCommand.Create(host),
            SimulateCommand.Create(host),
            ScoreCommand.Create(host),
            control[0],
            notify[0],
            checkpoint[0],
            token[0],
            OptionsCommand.Create(host),
        ];

        var root = new RootCommand(Description)
        {
            new Option<bool>(Debug) { Description = "Show where an unexpected error comes from.", Recursive = true },
        };
        foreach (var command in commands.Select(one => one.Command).Concat(asking))
            root.Add(command);

        var subcommands = checkpoint.Skip(1).Concat(control.Skip(1)).Concat(notify.Skip(1)).Concat(token.Skip(1));
        var examples = commands.Concat(subcommands).Concat(client)
            .ToDictionary(one => one.Command, one => one.Examples);
        examples[root] = Examples;
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
        return root;
    }

    private static int Report(Exception failure, ParseResult parsed, TextWriter error)
    {
        var expected = failure
            is CommandFailedException
            or FileSourceException
            or CheckpointStoreException
            or CheckpointFormatException
            or IOException
            or InvalidDataException
            or UnauthorizedAccessException;
        string[] messages = failure switch
        {
            MisusedException misused => [.. misused.Faults],
            FileSourceException unreadable => [.. unreadable.Faults],
            OperationCanceledException => ["interrupted"],
            _ when expected => [failure.Message],
            _ => [$"unexpected error: {failure.Message}", "--debug shows where it comes from"],
        };
        foreach (var message in messages)
            error.WriteLine($"rx-alerting: {message}");
        if (parsed.GetValue<bool>(Debug))
            error.WriteLine(failure);
        if (failure is not MisusedException)
            return ExitCode.Failed;

        var path = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            path.Insert(0, command.Command.Name);
        error.WriteLine($"See {string.Join(' ', [.. path.Prepend("rx-alerting"), "--help."])}");
        return ExitCode.Misused;
    }
}
