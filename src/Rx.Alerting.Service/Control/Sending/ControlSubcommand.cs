using System.CommandLine;
using System.Text.Json.Nodes;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary>A subcommand of <c>rx-alerting control</c>: which arguments and options become which members of the message.</summary>
/// <param name="Type">The type of the message, and the name of the subcommand.</param>
/// <param name="Description">What it does, for help.</param>
/// <param name="Examples">For help.</param>
/// <param name="Members">In the order of the help.</param>
internal sealed record ControlSubcommand(string Type, string Description, string Examples, params ControlSubcommand.Member[] Members)
{
    private const string Pattern = "* stands for any text, ? for one character";

    private static readonly Member Note = new("note", Option("--note", "TEXT", "What you want to say."));

    private static readonly Member Comment = new("comment", Option("--comment", "TEXT", "Why."));

    private static readonly Member[] Matcher =
    [
        new("property", Option("--property", "PATTERN", $"Incidents of these properties. {Pattern}.")),
        new("title", Option("--title", "PATTERN", "Incidents of these titles, by id or text.")),
        new("error_type", Option("--error-type", "PATTERN", "Incidents of these error types.")),
    ];

    /// <summary>Also a command of its own, <c>rx-alerting notify retry</c>.</summary>
    public static ControlSubcommand Retry(string examples) => new(
        "retry-notifications",
        "Tell people again what channels have given up, if it still holds, and try now what waits for its next attempt.",
        examples,
        new Member("channel", new Argument<string?>("CHANNEL")
        {
            Description = "Its name, as in Channels:NAME. Without it, all channels.",
            Arity = ArgumentArity.ZeroOrOne,
        }));

    /// <summary>Subcommands share no symbols, so they are made anew for each command line.</summary>
    public static IReadOnlyList<ControlSubcommand> All() =>
    [
        new(
            "acknowledge",
            "Take an open incident on.",
            """  rx-alerting control acknowledge 1f0c7a --by ann --note "Looking at the CDN" """,
            new("incident_id", Argument("INCIDENT", "Its id, as GET /api/v1/incidents shows it.")),
            Note),
        new(
            "close",
            "Close an open incident; what is normal for its key is compared anew.",
            """  rx-alerting control close 1f0c7a --note "Fixed in release 12" """,
            new("incident_id", Argument("INCIDENT", "Its id, as GET /api/v1/incidents shows it.")),
            Note),
        new(
            "silence",
            "Tell nobody of some incidents for a while. Detection goes on.",
            """
              rx-alerting control silence --property 'shop-*' --for 2h --comment "CDN moves"
              rx-alerting control silence --title 'Live: *' --starts-at 2026-11-25T20:00:00Z --ends-at 2026-11-25T23:00:00Z --comment Final
            """,
            [
                .. Matcher,
                new("duration", Option("--for", "TIME", "How long, as in 30m, 2h or 1d.")),
                new("ends_at", Option("--ends-at", "TIME", "Until when, in place of --for.")),
                new("starts_at", Option("--starts-at", "TIME", "From when, such as 2026-11-25T08:00:00Z; at once if it is not given.")),
                Comment,
            ]),
        new(
            "unsilence",
            "End a silence early, or call it off.",
            "  rx-alerting control unsilence 7f3e --note \"Done early\"",
            new("silence_id", Argument("SILENCE", "The id of the command that has made it.")),
            Note),
        new(
            "maintenance",
            "Tell nobody of some incidents in windows that come again by a calendar.",
            """
              rx-alerting control maintenance --property shop-eu --cron '0 3 * * SUN' --time-zone Europe/Berlin --for 90m --comment Releases
            """,
            [
                .. Matcher,
                new("cron", Option("--cron", "CRON", "When windows start: minute, hour, day of month, month, day of week.")),
                new("time_zone", Option("--time-zone", "ZONE", "The zone of --cron, such as Europe/Berlin.")),
                new("duration", Option("--for", "TIME", "How long a window lasts.")),
                new("until", Option("--until", "TIME", "When the last window starts at the latest.")),
                Comment,
            ]),
        new(
            "end-maintenance",
            "Remove maintenance windows. A window that has begun ends.",
            "  rx-alerting control end-maintenance 7f41",
            new("maintenance_id", Argument("MAINTENANCE", "The id of the command that has made them.")),
            Note),
        new(
            "set-options",
            "Set options of the pipelines while they run. They hold over what is configured, also after a restart.",
            """
              rx-alerting control set-options Detection:MinimumErrors=7 Incidents:UpdateInterval=10m --comment "Less noise"
              rx-alerting control set-options Detection:MinimumErrors=
            """,
            new("options", new Argument<string[]>("KEY=VALUE")
            {
                Description = "The options, as rx-alerting options lists them. Without a value, an option is as it is configured.",
                Arity = ArgumentArity.OneOrMore,
            }),
            Comment),
        new(
            "forget",
            "Forget what was learned of a property with its titles, of a title, or of one error type of either.",
            """
              rx-alerting control forget --property shop-eu --comment "New player"
              rx-alerting control forget --property shop-eu --title v-17 --error-type network
            """,
            new("property", Option("--property", "NAME", "The exact name of the property.")),
            new("title", Option("--title", "NAME", "The exact id of one of its titles.")),
            new("error_type", Option("--error-type", "NAME", "The exact name of one error type.")),
            Comment),
        new(
            "pause",
            "Have the pipelines read nothing. Views stay where they are; commands are executed.",
            "  rx-alerting control pause --comment \"The broker moves\"",
            Comment),
        new(
            "resume",
            "Have the pipelines read on.",
            "  rx-alerting control resume",
            Comment),
        new(
            "dump-error-rates",
            "Write the error rates of properties and titles to the target of dumps.",
            """
              rx-alerting control dump-error-rates
              rx-alerting control dump-error-rates --property 'shop-*' --error-type network
            """,
            new("property", Option("--property", "PATTERN", $"Rows of these properties. {Pattern}.")),
            new("title", Option("--title", "PATTERN", "Rows of these titles, by id.")),
            new("error_type", Option("--error-type", "PATTERN", "Rows of these error types."))),
        new(
            "dump-incidents",
            "Write the open incidents to the target of dumps.",
            "  rx-alerting control dump-incidents --all",
            new Member("all", new Option<bool>("--all") { Description = "Also incidents that have ended, as long as they are kept." })),
        Retry("  rx-alerting control retry-notifications ops"),
        new(
            "status",
            "Show the pipelines: event time, views, titles, open incidents.",
            """
              rx-alerting control status
              rx-alerting control status --rabbit --replicas 3 --json
            """),
        new(
            "checkpoint",
            "Commit now, and show the number of the commit.",
            "  rx-alerting control checkpoint"),
    ];

    private static Argument<string?> Argument(string name, string description) => new(name) { Description = description };

    private static Option<string?> Option(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    /// <summary>A member of the message.</summary>
    /// <param name="Name">In the message.</param>
    /// <param name="Symbol">On the command line.</param>
    internal sealed record Member(string Name, Symbol Symbol)
    {
        /// <exception cref="MisusedException">It cannot be a member of a message.</exception>
        public JsonNode? Value(ParseResult parsed) => Symbol switch
        {
            Argument<string[]> pairs => Object(parsed.GetValue(pairs) ?? []),
            Argument<string?> argument => parsed.GetValue(argument),
            Option<bool> flag => parsed.GetValue(flag) ? true : null,
            _ => parsed.GetValue((Option<string?>)Symbol),
        };

        public void AddTo(Command command)
        {
            if (Symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)Symbol);
        }

        private static JsonObject Object(IEnumerable<string> pairs)
        {
            var (members, faults) = (new JsonObject(), new List<string>());
            foreach (var pair in pairs)
            {
                var at = pair.IndexOf('=', StringComparison.Ordinal);
                var (key, value) = at > 0 ? (pair[..at].Trim(), pair[(at + 1)..].Trim()) : (pair, null);
                if (value is null)
                    faults.Add($"{pair}: must be KEY=VALUE, or KEY= for the value that is configured");
                else if (!members.TryAdd(key, value.Length == 0 ? null : value))
                    faults.Add($"{key} is given twice");
            }

            return faults.Count == 0 ? members : throw new MisusedException(faults);
        }
    }
}
