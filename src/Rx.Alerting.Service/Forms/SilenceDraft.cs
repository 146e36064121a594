using Rx.Alerting.Core.Control;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Forms;

/// <summary>A silence, or maintenance windows, that somebody drafts.</summary>
/// <param name="IsRecurring">Whether it is maintenance windows.</param>
/// <param name="State">What was typed.</param>
public sealed record SilenceDraft(bool IsRecurring, FormState State)
{
    /// <summary>The fields for times, as members of control messages are called.</summary>
    public const string StartsAt = "starts_at", EndsAt = "ends_at", Until = "until";

    /// <summary>The parameters of an address: which of the two is drafted, and that its preview is asked for.</summary>
    public const string Kind = "kind", Preview = "preview";

    /// <summary>The value of <see cref="Kind"/> for maintenance windows.</summary>
    public const string Windows = "maintenance";

    private static readonly CommandForm Silence = new("silence", "property", "title", "error_type", "duration", "comment");

    private static readonly CommandForm Maintenance =
        new("maintenance", "property", "title", "error_type", "cron", "time_zone", "duration", "comment");

    /// <summary>What says why and by whom. Nothing is muted by it, so a preview does without.</summary>
    internal static readonly string[] Remarks = ["comment", CommandForm.By];

    /// <summary>What it would have muted. Null: nobody has asked, or fields are at fault.</summary>
    public SilencePreview? Muted { get; init; }

    /// <summary>Whether it can be made: its preview was seen, or only what a preview does without is at fault.</summary>
    public bool IsReady => Muted is not null || State.IsToBeSentAgain
        || (State.Faults.Count > 0 && State.Faults.Keys.All(Remarks.Contains));

    /// <summary>The fields, apart from those that every form has.</summary>
    internal IEnumerable<string> Fields => IsRecurring ? [.. Maintenance.Members, Until] : [.. Silence.Members, StartsAt, EndsAt];

    /// <summary>Of the parameters of an address.</summary>
    internal static SilenceDraft Of(IQueryCollection query)
    {
        var isRecurring = query[Kind] == Windows;
        var draft = new SilenceDraft(isRecurring, FormState.New());
        return draft with
        {
            State = FormState.New(draft.Fields.Append(CommandForm.By)
                .Where(query.ContainsKey).Select(field => KeyValuePair.Create(field, Cut(query[field].ToString())))),
        };
    }

    /// <summary>The control message; null where a time is wrong: then the draft has it as a fault.</summary>
    /// <param name="zone">Of the reader.</param>
    /// <param name="wrong">The draft with its faults.</param>
    internal byte[]? Message(TimeZoneInfo zone, out SilenceDraft wrong)
    {
        var times = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in IsRecurring ? (string[])[Until] : [StartsAt, EndsAt])
        {
            if (State.Value(field).Trim() is not { Length: > 0 } text)
                continue;
            if (LocalTime.Read(text, zone) is { } time)
                times[field] = time;
            else
                faults[field] = LocalTime.Fault;
        }

        wrong = this with { State = State with { Faults = faults } };
        return faults.Count == 0 ? (IsRecurring ? Maintenance : Silence).Message(State, times) : null;
    }

    /// <summary>The same, with a reason if it has none yet.</summary>
    internal SilenceDraft ForPreview() => State.Value("comment").Trim().Length > 0 ? this
        : this with { State = State with { Values = new Dictionary<string, string>(State.Values) { ["comment"] = "preview" } } };

    /// <summary>Which incidents a message is about.</summary>
    internal static IncidentMatcher? MatcherOf(ControlRequest request) => request.Action switch
    {
        StreamAction { Command: SilenceCommand command } => command.Matcher,
        StreamAction { Command: MaintenanceCommand command } => command.Matcher,
        _ => null,
    };

    private static string Cut(string text) => text.Length > CommandForm.LongestField ? text[..CommandForm.LongestField] : text;
}
