using System.CommandLine;
using System.Text.Json.Nodes;

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
        public JsonNode? Value(ParseResult parsed) => Symbol switch
        {
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
    }
}
