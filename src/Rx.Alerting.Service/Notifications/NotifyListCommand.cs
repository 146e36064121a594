using System.CommandLine;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Notifications;

/// <summary><c>rx-alerting notify list</c>: what channels have told, and what not.</summary>
internal static class NotifyListCommand
{
    private const int Usual = 50;

    private const string Examples =
        """
        Examples:
          rx-alerting notify list
          rx-alerting notify list --not-sent --limit 500
          rx-alerting notify list --incident 3f6c0a9b2d1e4f58
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var notSent = new Option<bool>("--not-sent") { Description = "Only what was not sent, or waits to be sent." };
        var incident = new Option<string>("--incident")
        {
            Description = "Only what tells of one incident, alone or with others.",
            HelpName = "ID",
        };
        var limit = new Option<int>("--limit")
        {
            Description = "How many, the latest ones.",
            HelpName = "N",
            DefaultValueFactory = _ => Usual,
        };
        var command = new Command("list", "Show what channels have told of incidents and what not, with the reason, the latest first.")
        {
            notSent, incident, limit,
        };
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction((parsed, stop) =>
        {
            var (id, isNotSent) = (parsed.GetValue(incident), parsed.GetValue(notSent));
            return ExecuteAsync(settings.Load(parsed, host), IsAskedFor, parsed.GetValue(limit), host, stop);

            bool IsAskedFor(ToldNotification one) =>
                (id is null || one.Incidents.Any(incident => incident.Id == id))
                && !(isNotSent && one.Outcome == NotificationOutcome.Delivered);
        });
        return new CommandWithExamples(command, Examples);
    }

    private static async Task<int> ExecuteAsync(
        Settings settings, Func<ToldNotification, bool> isAskedFor, int limit, CommandHost host, CancellationToken stop)
    {
        if (limit < 1)
            throw new MisusedException("--limit must be at least 1");
        await using var board = Boards.Open(settings, BoardKind.Notifications);
        var told = ToldNotifications.Of(await board.ReadAsync(null, stop));
        var shown = told.Where(isAskedFor).OrderByDescending(one => one.At).Take(limit).ToList();
        if (shown.Count == 0)
            host.Output.WriteLine("There is nothing.");
        else
            Screen.ForOutput(host).Console.Write(TableOf(shown));
        return ExitCode.Success;
    }

    private static Table TableOf(IEnumerable<ToldNotification> shown)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("at", "channel", "event", "outcome", "why", "attempts", "incident", "subject");
        foreach (var one in shown)
        {
            string[] row =
            [
                IncidentWords.Time(one.At),
                IncidentWords.Printable(one.Channel),
                one.Event.ToString(),
                one.Outcome?.ToString() ?? "waits",
                IncidentWords.Printable(one.Detail ?? string.Empty) + (one.Repeats > 1 ? $" ({one.Repeats} times)" : string.Empty),
                IncidentWords.Count(one.Attempts),
                one.Incidents[0].Id + (one.Incidents.Count > 1 ? $" and {one.Incidents.Count - 1} more" : string.Empty),
                IncidentWords.Subject(one.Incidents[0]),
            ];
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        return table;
    }
}
