using System.Text.Json.Nodes;
using Rx.Alerting.Service.Api.Resources;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>What the document says of silences, or of maintenance windows.</summary>
internal sealed record SilenceOperations(Operation List, Operation Get, Operation Create, Operation Preview, Operation Expire)
{
    private const string Tag = "Silences";

    private static readonly RequestMember[] Matcher =
    [
        new("property", "A pattern for properties: `*` is any text, `?` one character. At least one of the three is needed."),
        new("title", "A pattern for ids or texts of titles."),
        new("error_type", "A pattern for error types."),
        new("comment", "Why.") { IsRequired = true },
    ];

    private static readonly RequestMember[] OfSilence =
    [
        .. Matcher,
        new("duration", "How long, as in `2h`. Either this, or `ends_at`."),
        new("ends_at", "Until when, with an offset."),
        new("starts_at", "From when, with an offset; at once if it is missing."),
    ];

    private static readonly RequestMember[] OfWindow =
    [
        .. Matcher,
        new("cron", "When windows start: minute, hour, day of month, month, day of week.") { IsRequired = true },
        new("time_zone", "The zone of `cron`, such as `Europe/Berlin`.") { IsRequired = true },
        new("duration", "How long a window lasts.") { IsRequired = true },
        new("until", "After that, no window starts."),
    ];

    public static SilenceOperations OfSilences { get; } = Of(
        "Silence",
        "silences",
        "a silence",
        OfSilence,
        new JsonObject { ["property"] = "shop-eu", ["duration"] = "2h", ["comment"] = "CDN moves" },
        new JsonObject { ["note"] = "Done early" },
        ("silence", "unsilence"),
        ResourceExamples.Silence);

    public static SilenceOperations OfWindows { get; } = Of(
        "MaintenanceWindow",
        "maintenance windows",
        "maintenance windows",
        OfWindow,
        new JsonObject
        {
            ["property"] = "shop-eu",
            ["cron"] = "0 3 * * SUN",
            ["time_zone"] = "Europe/Berlin",
            ["duration"] = "90m",
            ["comment"] = "Releases",
        },
        new JsonObject { ["note"] = "No releases any more" },
        ("maintenance", "end-maintenance"),
        ResourceExamples.Window);

    private static SilenceOperations Of(
        string name,
        string all,
        string one,
        RequestMember[] members,
        JsonObject request,
        JsonObject end,
        (string Make, string End) types,
        SilenceRow example)
    {
        var list = new SilencesEnvelope([example], ResourceExamples.TimeframeOf(example), 1, null);
        return new(
            new($"list{name}s", Tag, $"{char.ToUpperInvariant(all[0])}{all[1..]}, in pages")
            {
                Description = "As the pipelines of the answering process have them. What has ended is known until the process ends.",
                Parameters =
                [
                    new("status", "May be repeated.")
                    {
                        Values = [.. Enum.GetValues<SilenceStatus>().Select(ApiNames.Of)], IsRepeated = true,
                    },
                    Operations.Limit, Operations.Page, Operations.Format,
                ],
                Answer = Operations.Example(list, ApiJson.Readable.SilencesEnvelope),
                Problems = [ProblemKind.WrongParameters, ProblemKind.NotNow],
            },
            new($"get{name}", Tag, $"One of the {all}")
            {
                Answer = Operations.Example(
                    new SilenceEnvelope(example, ResourceExamples.TimeframeOf(example)), ApiJson.Readable.SilenceEnvelope),
                Problems = [ProblemKind.WrongParameters, ProblemKind.NoSuchSilence, ProblemKind.NotNow],
            },
            ResourceOperations.Command(
                $"create{name}", Tag, $"Make {one}", request, members, [ProblemKind.OutOfScope], types.Make),
            new($"preview{name}", Tag, $"What {one} would have muted")
            {
                Description = "Takes the same body, and does nothing. It looks at the incidents of the latest seven days, and refuses what "
                    + "making would refuse.",
                Request = request,
                Members = [.. members, .. ResourceOperations.Common],
                Answer = Operations.Example(ResourceExamples.Muted, ApiJson.Readable.PreviewEnvelope),
                Problems =
                [
                    ProblemKind.WrongCommand, ProblemKind.WrongParameters, ProblemKind.OtherSite, ProblemKind.OutOfScope,
                    ProblemKind.Refused, ProblemKind.TooLarge, ProblemKind.WrongContent,
                ],
            },
            ResourceOperations.Command(
                $"expire{name}", Tag, $"End {one} early", end, [ResourceOperations.Note], [ProblemKind.NoSuchSilence], types.End));
    }
}
