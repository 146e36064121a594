using System.CommandLine;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;

namespace Rx.Alerting.Service.Access;

/// <summary><c>rx-alerting token</c>: who may use the API of the service.</summary>
internal static class TokenCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting token create grafana
          rx-alerting token create ann --role operator --property shop-eu --expires 90d
          rx-alerting token list
          rx-alerting token revoke grafana
          rx-alerting token new                            for Access:Tokens:NAME:TokenFile, without a store

        The store is the one that rx-alerting run has with the same --store, --set, --config and environment.
        A service that runs takes a new token at once, and refuses a revoked one a few seconds later.
        """;

    /// <summary>The command itself, then its subcommands.</summary>
    public static IReadOnlyList<CommandWithExamples> Create(CommandHost host)
    {
        CommandWithExamples[] subcommands =
            [TokenCreateCommand.Create(host), TokenListCommand.Create(host), TokenRevokeCommand.Create(host), NewCommand(host)];
        var command = new Command("token", "Make, list and revoke tokens for the HTTP API.");
        foreach (var (subcommand, _) in subcommands)
            command.Add(subcommand);
        return [new CommandWithExamples(command, Examples), .. subcommands];
    }

    public static TokenStore Open(Settings settings) => new(Boards.Open(settings, BoardKind.Tokens));

    private static CommandWithExamples NewCommand(CommandHost host)
    {
        var command = new Command("new", "Make a token for a file or a Secret. No store has it.");
        command.SetAction(_ =>
        {
            var token = ApiToken.Create();
            host.Output.WriteLine(token);
            host.Error.WriteLine($"Its SHA-256, for Access:Tokens:NAME:Sha256: {Convert.ToHexStringLower(ApiToken.HashOf(token))}");
            return ExitCode.Success;
        });
        return new CommandWithExamples(
            command,
            """
            Examples:
              rx-alerting token new > ops.token
              rx-alerting run --listen 0.0.0.0:8080 --set Access:Tokens:ops:TokenFile=ops.token --set Access:Tokens:ops:Role=operator
            """);
    }
}
