using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using static Rx.Alerting.Service.Client.ApiColumn;

namespace Rx.Alerting.Service.Client;

/// <summary>What the command line asks the API of incidents, silences and error rates, and which columns it shows.</summary>
internal static class ClientQuestions
{
    private static readonly ApiColumn[] OfIncident =
    [
        Time("opened (event time)", "started_at"),
        Of("status", "status"),
        Of("severity", "severity"),
        new("subject", Subject),
        Of("error", "error_type"),
        Percent("rate", "measured_value"),
        Percent("threshold", "threshold"),
        Count("affected", "affected_views"),
        Of("acknowledged by", "acknowledgement", "by"),
        Of("id", "id"),
    ];

    private static readonly ApiColumn[] OfSilence =
    [
        Of("id", "id"),
        Of("status", "status"),
        new("of", Matcher),
        Time("from (event time)", "starts_at"),
        Time("to", "ends_at"),
        Of("by", "by"),
        Of("comment", "comment"),
    ];

    private static readonly ApiColumn[] OfKey =
    [
        Count("views", "views"),
        Count("failed", "errors"),
        Percent("rate", "error_rate"),
        Percent("normal", "normal_rate"),
        new("worst error", one => Plain(Find(Worst(one), "error_type"))),
        new("its rate", one => Rate(Worst(one), "error_rate")) { IsNumber = true },
        new("its normal", one => Rate(Worst(one), "normal_rate")) { IsNumber = true },
        new("its threshold", one => Rate(Worst(one), "threshold")) { IsNumber = true },
        new("incident", one => Plain(Find(Worst(one), "incident_id"))),
    ];

    private static readonly (string, string, string, string)[] OfSearch =
    [
        ("search", "--search", "TEXT", "A part of the name, of any case."),
        ("property_id", "--property", "NAME", "One property, by its whole name."),
        ("order_by", "--order-by", "ORDER", "worst, -deviation, -errors, -total_views or name."),
    ];

    public static readonly (string, string, string, string) Status = ("status", "--status", "STATUS", "Only these; may be repeated.");

    public static ApiQuestion Incidents { get; } = new(
        "list",
        "Show incidents, the latest first.",
        "/api/v1/incidents",
        """
          rx-alerting incidents
          rx-alerting incidents list --status open --order-by -affected_views --limit 100
        """)
    {
        Columns = OfIncident,
        Filters =
        [
            ("status", "--status", "STATUS", "open, closed or expired; may be repeated."),
            ("incident_key", "--key", "KEY", "Those about one property, title and error type."),
            ("order_by", "--order-by", "ORDER", "Such as -started_at or -affected_views; a minus turns the order around."),
        ],
    };

    public static ApiQuestion Incident { get; } = new(
        "show", "Show one incident.", "/api/v1/incidents/{id}", "  rx-alerting incidents show 1ea173336f7521bf6977")
    {
        HasPages = false,
        Show = IncidentText.Write,
    };

    public static ApiQuestion Related { get; } = new(
        "related",
        "Show incidents that are related to one.",
        "/api/v1/incidents/{id}/related",
        "  rx-alerting incidents related 1ea173336f7521bf6977")
    {
        Columns =
        [
            Of("relation", "relation"), .. OfIncident.Select(column => column with { Text = one => column.Text(Find(one, "incident")) }),
        ],
        Filters = [("relation", "--relation", "RELATION", "whole, part, similar or occurrence; may be repeated.")],
    };

    public static ApiQuestion Timeline { get; } = new(
        "timeline",
        "Show the error rates of an incident.",
        "/api/v1/incidents/{id}/timeline",
        "  rx-alerting incidents timeline 1ea173336f7521bf6977")
    {
        HasPages = false,
        Columns = [Time("event time", "at"), Count("views", "views"), Count("failed", "errors"), Percent("rate", "error_rate")],
    };

    public static ApiQuestion Silences { get; } = new(
        "list",
        "Show silences: in force, to come, and ended lately.",
        "/api/v1/silences",
        """
          rx-alerting silences
          rx-alerting silences list --status active
        """)
    {
        Columns = OfSilence,
        Filters = [Status],
    };

    public static ApiQuestion Windows { get; } = new(
        "list",
        "Show maintenance windows: in force, to come, and ended lately.",
        "/api/v1/maintenance-windows",
        "  rx-alerting maintenance-windows")
    {
        Columns = [.. OfSilence, Of("cron", "cron"), Of("time zone", "time_zone")],
        Filters = [Status],
    };

    public static ApiQuestion Properties { get; } = new(
        "properties",
        "Show error rates of properties beside what is normal.",
        "/api/v1/properties",
        """
          rx-alerting properties
          rx-alerting properties --search shop --order-by -errors
        """)
    {
        Columns = [Of("property", "property_id"), .. OfKey],
        Filters = OfSearch,
    };

    public static ApiQuestion Titles { get; } = new(
        "titles",
        "Show error rates of titles beside what is normal.",
        "/api/v1/titles",
        """
          rx-alerting titles --property shop-eu
          rx-alerting titles --search film-10 --limit 100
        """)
    {
        Columns = [Of("property", "property_id"), Of("title", "video_id"), .. OfKey],
        Filters = [.. OfSearch, ("video_id", "--title", "ID", "One title, by its whole id.")],
    };

    /// <summary>What an incident is about, in words.</summary>
    public static string Subject(JsonElement incident)
    {
        var (property, title) = (Plain(Find(incident, "property_id")), Plain(Find(incident, "video_id")));
        var name = Plain(Find(incident, "video_title")) ?? title;
        return property is null ? "platform" : name is null ? property : $"{property} / {name}";
    }

    private static string Matcher(JsonElement silence)
    {
        string?[] parts = [Part("property", "property"), Part("title", "title"), Part("error", "error_type")];
        var said = string.Join(", ", parts.OfType<string>());
        return said.Length > 0 ? said : "everything";

        string? Part(string name, string member) => Plain(Find(silence, member)) is { } value ? $"{name} {value}" : null;
    }

    /// <summary>The API has the worst first.</summary>
    private static JsonElement Worst(JsonElement key) => All(key, "error_types").FirstOrDefault();

    private static string? Rate(JsonElement type, string member) =>
        Find(type, member) is { ValueKind: JsonValueKind.Number } rate ? IncidentWords.Percent(rate.GetDouble()) : null;
}
