using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Forms;

/// <summary>Shows silences and maintenance windows, takes new ones, and ends them.</summary>
internal sealed class SilencePages(
    PipelineStatus status, BoardMirror board, PageFrames frames, FormReader reader, FormSender sender, FormOutcomes outcomes,
    ControlDispatcher dispatcher, UntimelySilences untimely)
{
    /// <summary>Addresses: the page, and where its forms go.</summary>
    public const string Path = "/silences", MaintenancePath = "/silences/maintenance", EndPath = "/silences/end",
        EndMaintenancePath = "/silences/end-maintenance";

    private static readonly CommandForm Unsilence = new("unsilence", "silence_id", "note");
    private static readonly CommandForm EndMaintenance = new("end-maintenance", "maintenance_id", "note");

    public Task ListAsync(HttpContext context)
    {
        if (PageZone.Choose(context))
            return Task.CompletedTask;
        var (query, draft) = (context.Request.Query, SilenceDraft.Of(context.Request.Query));
        if (!query.ContainsKey(SilenceDraft.Preview))
            return WriteAsync(context, StatusCodes.Status200OK, draft);
        draft = Previewed(context, draft);
        return WriteAsync(context, draft.Muted is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, draft);
    }

    /// <summary>Takes a new one.</summary>
    public async Task AddAsync(HttpContext context, bool isRecurring)
    {
        if (await reader.ReadAsync(context, isRecurring ? $"{Path}?{SilenceDraft.Kind}={SilenceDraft.Windows}" : Path) is not { } state)
            return;
        var draft = new SilenceDraft(isRecurring, state);
        if (draft.Message(PageZone.Of(context.Request), out draft) is not { } message)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, draft);
            return;
        }

        var words = isRecurring ? "The maintenance windows are made." : "The silence is made.";
        await AnswerAsync(context, await sender.SendAsync(context, state, message), words, wrong => draft with { State = wrong });
    }

    /// <summary>Ends one early.</summary>
    public async Task EndAsync(HttpContext context, bool isRecurring)
    {
        if (await reader.ReadAsync(context, Path) is not { } state)
            return;
        var message = (isRecurring ? EndMaintenance : Unsilence).Message(state);
        var words = isRecurring ? "The maintenance windows have ended." : "The silence has ended.";
        await AnswerAsync(context, await sender.SendAsync(context, state, message), words, wrong =>
            new(IsRecurring: false, FormState.New() with { Problem = ProblemOf(wrong) }));
    }

    /// <summary>The list has no field to say something beside.</summary>
    private static string ProblemOf(FormState wrong) =>
        wrong.Problem ?? $"Nothing was done: {FormLabels.Sentence(wrong.Faults)}";

    private async Task AnswerAsync(HttpContext context, FormReply reply, string words, Func<FormState, SilenceDraft> draft)
    {
        if (reply.Refusal is { } refusal)
            await refusal.ExecuteAsync(context);
        else if (reply.Outcome is { } outcome)
            await outcomes.Lead(context, Path, outcome.IsDone ? outcome with { Text = words } : Same(outcome)).ExecuteAsync(context);
        else
            await WriteAsync(context, reply.Status, draft(reply.State!));
    }

    private static FormOutcome Same(FormOutcome outcome) => outcome with { Text = $"There was nothing to do: {outcome.Text}." };

    /// <summary>The draft with what it would have muted, or with its faults.</summary>
    private SilenceDraft Previewed(HttpContext context, SilenceDraft draft)
    {
        var caller = context.Caller();
        if (draft.ForPreview().Message(PageZone.Of(context.Request), out var wrong) is not { } message)
            return draft with { State = draft.State with { Faults = wrong.State.Faults } };
        // The name and the reason are asked for when it is made.
        if (ControlMessage.Parse(message, null, out var faults, caller.Name, bounds: dispatcher.Bounds) is not { } request)
            return draft with { State = draft.State with { Faults = FormFaults.Of(faults) } };
        if (!caller.Scope.IsAll && CommandAccess.Refuse(context, request, board) is not null)
        {
            var fault = new Dictionary<string, string> { ["property"] = "must be one that you may see, without * and ?" };
            return draft with { State = draft.State with { Faults = fault } };
        }

        if (untimely.Reasons(request) is { Count: > 0 } reasons)
        {
            var beside = FormFaults.Of(string.Join("; ", reasons), out var others);
            var problem = others.Length == 0 ? null : $"It cannot be made: {others}.";
            return draft with { State = draft.State with { Faults = beside, Problem = problem } };
        }

        var visible = new VisibleIncidents(board, caller.Scope);
        return draft with { Muted = SilencePreview.Of(SilenceDraft.MatcherOf(request)!, visible, frames.Now) };
    }

    private Task WriteAsync(HttpContext context, int code, SilenceDraft draft) =>
        frames.Renderer.WriteAsync<SilencesPage>(context, code, new()
        {
            ["Frame"] = frames.Of(context, "Silences") with { Path = Path },
            ["List"] = SilenceList.Of([.. status.Latest.Values], context.Caller().Scope)
                .Named(new VisibleIncidents(board, context.Caller().Scope).Snapshot()),
            ["Draft"] = draft,
        });
}
