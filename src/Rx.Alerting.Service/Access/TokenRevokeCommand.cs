using System.CommandLine;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Access;

/// <summary><c>rx-alerting token revoke</c>: a token ends.</summary>
internal static class TokenRevokeCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting token revoke grafana
          rx-alerting token revoke 0b6a5c9f1e

        A service that runs refuses the token a few seconds later. While its store does not answer, it does not learn of it.
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var which = new Argument<string>("NAME") { Description = "The name of the token, or its id." };
        var command = new Command("revoke", "End a token of the store.") { which };
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction((parsed, stop) => ExecuteAsync(settings.Load(parsed, host), parsed.GetRequiredValue(which), host, stop));
        return new CommandWithExamples(command, Examples);
    }

    private static async Task<int> ExecuteAsync(Settings settings, string which, CommandHost host, CancellationToken stop)
    {
        await using var store = TokenCommand.Open(settings);
        var found = (await store.ListAsync(stop)).Select(one => one.Grant)
            .Where(grant => grant.Id == which || grant.Name == which).ToList();
        if (found.Count == 0)
        {
            var configured = TokenGrant.Of(settings).Any(grant => grant.Name == which) ? ": it is configured, so remove it there" : "";
            throw new CommandFailedException($"the store has no token “{which}”{configured}");
        }

        foreach (var grant in found)
        {
            await store.RemoveAsync(grant.Id, stop);
            host.Output.WriteLine($"Token {grant.Id} “{grant.Name}” is revoked.");
        }

        return ExitCode.Success;
    }
}
