using System.CommandLine;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Access;

/// <summary><c>rx-alerting token list</c>: the tokens that hold, and when they were used.</summary>
internal static class TokenListCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting token list
          rx-alerting token list --store redis --set Redis:Configuration=redis:6379

        Shown are the tokens of the store, then those that are configured.
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var command = new Command("list", "Show the tokens: what they allow, how long, and when they were used last.");
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction((parsed, stop) => ExecuteAsync(settings.Load(parsed, host), host, stop));
        return new CommandWithExamples(command, Examples);
    }

    /// <summary>What a token lets see, for people.</summary>
    public static string Scope(TokenGrant grant) => grant.Properties.Count == 0
        ? "all properties"
        : string.Join(", ", grant.Properties.Select(IncidentWords.Printable));

    private static async Task<int> ExecuteAsync(Settings settings, CommandHost host, CancellationToken stop)
    {
        await using var store = TokenCommand.Open(settings);
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("id", "name", "role", "properties", "created", "expires", "last used");
        var configured = TokenGrant.Of(settings).Select(grant => (grant, (DateTimeOffset?)null));
        foreach (var (grant, usedAt) in (await store.ListAsync(stop)).Concat(configured))
        {
            string[] row =
            [
                grant.Id,
                IncidentWords.Printable(grant.Name),
                OptionText.Of(grant.Role),
                Scope(grant),
                Time(grant.CreatedAt),
                Time(grant.ExpiresAt) + (grant.HoldsAt(host.Clock.GetUtcNow()) ? "" : ", has expired"),
                Time(usedAt),
            ];
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        if (table.Rows.Count == 0)
            host.Output.WriteLine("There are no tokens.");
        else
            Screen.ForOutput(host).Console.Write(table);
        return ExitCode.Success;

        static string Time(DateTimeOffset? time) => time is { } at ? IncidentWords.Time(at) : "—";
    }
}
