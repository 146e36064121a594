using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Forms;

/// <summary>Shows and takes the forms for what can be done with an incident.</summary>
internal sealed class IncidentForms(
    BoardMirror board, PageFrames frames, FormReader reader, FormSender sender, FormOutcomes outcomes, TimeProvider clock)
{
    /// <summary>The fields of a silence: for how long, or until when.</summary>
    public const string For = "for", Until = "until";

    private const string ByTime = "until";

    private static readonly CommandForm Acknowledge = new("acknowledge", "note");
    private static readonly CommandForm Close = new("close", "note");
    private static readonly CommandForm Silence = new("silence", "comment");

    /// <summary>How long a silence lasts, and in words.</summary>
    public static IReadOnlyList<(string Value, string Words)> Spans { get; } =
        [("1h", "1 hour"), ("4h", "4 hours"), ("1d", "1 day"), (ByTime, "until the time that I give")];

    public async Task ShowAsync(HttpContext context, string id, IncidentAct act)
    {
        if (!PageZone.Choose(context) && await FindAsync(context, id) is { } incident)
            await WriteAsync(context, StatusCodes.Status200OK, incident, act, FormState.New());
    }

    public async Task TakeAsync(HttpContext context, string id, IncidentAct act)
    {
        if (await FindAsync(context, id) is not { } incident
            || await reader.ReadAsync(context, act.Address(incident)) is not { } state)
        {
            return;
        }

        if (Message(incident, act, state, PageZone.Of(context.Request), out var faults) is not { } message)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, incident, act, state with { Faults = faults });
            return;
        }

        var reply = await sender.SendAsync(context, state, message);
        if (reply.Refusal is { } refusal)
        {
            await refusal.ExecuteAsync(context);
        }
        else if (reply.Outcome is { } outcome)
        {
            await ShownAsync(context, id, act, CommandForm.IdOf(state));
            var said = new FormOutcome(outcome.IsDone, Words(act, outcome, state));
            await outcomes.Lead(context, PageWords.Address(incident), said).ExecuteAsync(context);
        }
        else
        {
            await WriteAsync(context, reply.Status, incident, act, Elsewhere(reply.State!, incident));
        }
    }

    /// <summary>Null: it is not clear for how long it is to be silenced, as the faults say by field.</summary>
    private static byte[]? Message(
        Incident incident, IncidentAct act, FormState state, TimeZoneInfo zone, out Dictionary<string, string> faults)
    {
        faults = new(StringComparer.Ordinal);
        if (act != IncidentAct.Silence)
        {
            var form = act == IncidentAct.Close ? Close : Acknowledge;
            return form.Message(state, KeyValuePair.Create("incident_id", incident.Id));
        }

        var members = new Dictionary<string, string>(StringComparer.Ordinal) { ["error_type"] = incident.ErrorType };
        if (incident.PropertyId is { } property)
            members["property"] = property;
        if (incident.VideoId is { } title)
            members["title"] = title;
        var (span, until) = (state.Value(For).Trim(), state.Value(Until).Trim());
        if (span != ByTime && span.Length > 0 && until.Length > 0)
            faults[Until] = $"must be left empty, or “For” must be “{Spans[^1].Words}”: which of the two is meant?";
        else if (span.Length == 0 && until.Length == 0)
            faults[For] = "must be given, or “Until”";
        else if (span != ByTime && span.Length > 0)
            members["duration"] = span;
        else if (LocalTime.Read(until, zone) is { } time)
            members["ends_at"] = time;
        else
            faults[Until] = LocalTime.Fault;
        return faults.Count == 0 ? Silence.Message(state, members) : null;
    }

    private static string Words(IncidentAct act, FormOutcome outcome, FormState state) => (act, outcome) switch
    {
        (_, { IsDone: false }) when state.Value("note").Trim().Length > 0 =>
            $"There was nothing to do: {outcome.Text}. Your comment was not kept.",
        (_, { IsDone: false }) => $"There was nothing to do: {outcome.Text}.",
        (IncidentAct.Acknowledge, _) => "The incident is acknowledged.",
        (IncidentAct.Close, _) => "The incident is closed.",
        _ => "The incident is silenced.",
    };

    /// <summary>An incident that is open on the board, and that no pipeline of this process has, is with another process.</summary>
    private FormState Elsewhere(FormState state, Incident incident) =>
        state.Problem?.Contains($"no open incident {incident.Id}", StringComparison.Ordinal) == true
        && board.Find(incident.Id)?.Status == IncidentStatus.Open
            ? state with
            {
                Problem = "No pipeline of this process has the incident. Nothing was done. "
                    + "Ask the process that has it, or send the command by RabbitMQ.",
            }
            : state;

    /// <summary>A page that leads back is to show what was done. The board has it moments after its commit.</summary>
    private async Task ShownAsync(HttpContext context, string id, IncidentAct act, string command)
    {
        const int looks = 200;
        var pause = TimeSpan.FromMilliseconds(25);
        for (var look = 0; look < looks && !IsShown(); look++)
            await Task.Delay(pause, clock, context.RequestAborted);

        bool IsShown() => board.Find(id) is not { } incident || act switch
        {
            IncidentAct.Acknowledge => incident.Acknowledgement is not null,
            IncidentAct.Close => incident.Status != IncidentStatus.Open,
            _ => incident.SilencedBy.Contains(command),
        };
    }

    private async Task<Incident?> FindAsync(HttpContext context, string id)
    {
        if (new VisibleIncidents(board, context.Caller().Scope).Find(id) is { } incident)
            return incident;
        await frames.MissingAsync(context, "There is no such incident, or it is not kept any more.");
        return null;
    }

    private Task WriteAsync(HttpContext context, int status, Incident incident, IncidentAct act, FormState state) =>
        frames.Renderer.WriteAsync<ActPage>(context, status, new()
        {
            ["Frame"] = frames.Of(context, $"{act.Words()} {PageWords.Subject(incident)}"),
            ["Incident"] = incident,
            ["Act"] = act,
            ["State"] = state,
        });
}
