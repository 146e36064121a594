using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Rx.Alerting.Service.Api.Resources;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>What the document says of each address. Examples are written by the code that writes answers.</summary>
internal static class Operations
{
    private const string Incidents = "Incidents", Rates = "Error rates", Commands = "Commands";

    public static readonly QueryParameter Limit = new("limit", "Results of a page.")
    {
        MaximumNumber = QueryReader.MaximumLimit,
        Default = 25,
    };

    public static readonly QueryParameter Page = new("page", "Which page, from 1.")
    {
        MaximumNumber = QueryReader.LastPage,
        Default = 1,
    };

    public static readonly QueryParameter Format = new("format", "`csv`: all that match, as a table for spreadsheets.")
    {
        Values = ["json", Csv.Format],
        Default = "json",
    };

    private const string Worst =
        "`error_types` has the worst first: those with an open incident, then those with most failed views beyond what is normal.";

    private static readonly QueryParameter Property = new("property_id", "One property, by its whole name.", "shop-eu");
    private static readonly QueryParameter Title = new("video_id", "One title, by its whole id.", "film-1041");

    public static Operation ListIncidents { get; } = new("listIncidents", Incidents, "Incidents, in pages")
    {
        Parameters =
        [
            new("status", "Those that are open, closed or expired. May be repeated.", new JsonArray("open"))
            {
                Values = ["open", "closed", "expired"], IsRepeated = true,
            },
            new("incident_key", "Those about one property, title and error type."),
            Limit,
            Page,
            new("order_by", "A minus turns the order around.", IncidentOrder.Default)
            {
                Values = [.. IncidentOrder.Names, .. IncidentOrder.Names.Select(name => $"-{name}")], Default = IncidentOrder.Default,
            },
            Format,
        ],
        Answer = Example(ApiExamples.Incidents, ApiJson.Readable.PageEnvelope),
        Problems = [ProblemKind.WrongParameters],
    };

    public static Operation GetIncident { get; } = new("getIncident", Incidents, "One incident")
    {
        Answer = Example(ApiExamples.OneIncident, ApiJson.Readable.ItemEnvelope),
        Problems = [ProblemKind.WrongParameters, ProblemKind.NoSuchIncident],
    };

    public static Operation ListRelated { get; } = new("listRelatedIncidents", Incidents, "Incidents that are related to one, in pages")
    {
        Parameters =
        [
            new("relation", "The whole of which it is a part, its parts, those of the same cause, or of the same key. May be repeated.")
            {
                Values = [.. Enum.GetValues<IncidentRelation>().Select(ApiNames.Of)], IsRepeated = true,
            },
            Limit,
            Page,
        ],
        Answer = Example(ResourceExamples.Related, ApiJson.Readable.RelatedEnvelope),
        Problems = [ProblemKind.WrongParameters, ProblemKind.NoSuchIncident],
    };

    public static Operation GetTimeline { get; } = new("getTimeline", Incidents, "Error rates of an incident, and who did what when")
    {
        Parameters = [Format],
        Answer = Example(ResourceExamples.Timeline, ApiJson.Readable.TimelineEnvelope),
        Problems = [ProblemKind.WrongParameters, ProblemKind.NoSuchIncident],
    };

    public static Operation GetExplanation { get; } = new("getExplanation", Incidents, "Slices of views that explain an incident")
    {
        Answer = Example(ResourceExamples.Explanation, ApiJson.Readable.ExplanationEnvelope),
        Problems = [ProblemKind.WrongParameters, ProblemKind.NoSuchIncident],
    };

    public static Operation AcknowledgeIncident { get; } = ResourceOperations.Command(
        "acknowledgeIncident",
        Incidents,
        "Take an open incident on",
        new JsonObject { ["note"] = "Looking at the CDN" },
        [ResourceOperations.Note],
        [ProblemKind.NoSuchIncident]);

    public static Operation CloseIncident { get; } = ResourceOperations.Command(
        "closeIncident",
        Incidents,
        "Close an open incident; its series starts anew",
        new JsonObject { ["note"] = "Fixed in release 12" },
        [ResourceOperations.Note],
        [ProblemKind.NoSuchIncident],
        "close");

    public static Operation ListenToEvents { get; } = new("listenToEvents", Incidents, "Changes of incidents as they come")
    {
        Description = "Server-sent events: `begin`, `incidents` and `reset`. A comment comes each 15 seconds.",
        Parameters = [new("lastEventId", "The latest id that was seen, if the header `Last-Event-ID` cannot be sent.", "1700000000000-0")],
        Problems = [ProblemKind.WrongParameters, ProblemKind.TooManyStreams],
    };

    public static Operation ListProperties { get; } = new("listProperties", Rates, "Properties, and their error rates")
    {
        Description = $"As the pipelines of the answering process have them, at most five seconds old. {Worst}",
        Parameters = [Property, .. OfKeys("property")],
        Answer = Example(ApiExamples.Properties, ApiJson.Readable.KeysEnvelope),
        Problems = [ProblemKind.WrongParameters, ProblemKind.NotNow],
    };

    public static Operation ListTitles { get; } = new("listTitles", Rates, "Titles, and their error rates")
    {
        Description =
            $"As the pipelines of the answering process have them, at most five seconds old. {Worst} A search looks at every title.",
        Parameters = [Property, Title, .. OfKeys("title")],
        Answer = Example(ApiExamples.Titles, ApiJson.Readable.KeysEnvelope),
        Problems = [ProblemKind.WrongParameters, ProblemKind.NotNow],
    };

    public static Operation GetErrorRates { get; } = new("getErrorRates", Rates, "The error rates of one property or title")
    {
        Description = "The error type with an open incident first, then the one with most failed views beyond what is normal.",
        Parameters = [Property with { IsRequired = true }, Title, new("error_type", "One error type, by its whole name.", "network")],
        Answer = Example(ApiExamples.ErrorRates, ApiJson.Readable.RatesEnvelope),
        Problems = [ProblemKind.WrongParameters, ProblemKind.OutOfScope, ProblemKind.NotNow],
    };

    public static Operation SendCommand { get; } = new("sendCommand", Commands, "A command about incidents, or about the service")
    {
        Description = "The same JSON as by RabbitMQ and the command line. With its `id`, a command takes effect once.",
        Parameters = [ResourceOperations.Key],
        Request = new JsonObject
        {
            ["id"] = "7f3c",
            ["by"] = "ann",
            ["type"] = "acknowledge",
            ["incident_id"] = "a1b2c3",
            ["note"] = "Looking at the CDN",
        },
        Answer = Example(ApiExamples.Reply, ControlJson.Readable.ControlReply),
        Problems =
        [
            ProblemKind.WrongCommand, ProblemKind.OtherSite, ProblemKind.NoSuchIncident, ProblemKind.OutOfScope, ProblemKind.TooLarge,
            ProblemKind.WrongContent, ProblemKind.NoPipeline,
        ],
    };

    private static IEnumerable<QueryParameter> OfKeys(string what) =>
    [
        new("search", $"A part of the name of the {what}, of any case.", "film"),
        Limit,
        Page,
        new("order_by", "`worst`: open incidents, then most failed views beyond what is normal.", "-errors")
        {
            Values = [.. RateQuery.OrderNames], Default = RateQuery.OrderNames.First(),
        },
    ];

    public static JsonNode Example<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type)!;
}
