using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Forms;

/// <summary>What has become of the command of a form.</summary>
/// <param name="Outcome">It is done, or there was nothing to do; else null.</param>
/// <param name="State">The form to be shown again, with what is wrong; else null.</param>
/// <param name="Status">Of the answer that shows the form again.</param>
/// <param name="Refusal">The answer to a caller who may not send it; else null.</param>
internal sealed record FormReply(FormOutcome? Outcome, FormState? State, int Status = 0, IResult? Refusal = null)
{
    private const string Again = "Send it again: with the same form, it does nothing twice.";

    public static FormReply Of(ControlReply reply, FormState state)
    {
        var reasons = string.Join("; ", reply.Pipelines.Select(one => one.Reason).OfType<string>().Distinct(StringComparer.Ordinal));
        return reply.Status switch
        {
            ReplyStatus.Done => new(new(IsDone: true, reasons), null),
            ReplyStatus.AlreadySo => new(new(IsDone: false, reasons), null),
            ReplyStatus.Refused => Refused(state, reasons),
            _ when reply.Pipelines.Count == 0 => Late(state, $"{reply.Reason} Another process may have the pipeline."),
            _ => Late(state, $"It is not known yet whether it has taken effect: {reasons}."),
        };
    }

    /// <summary>It may take effect yet.</summary>
    public static FormReply Late(FormState state, string reason) => new(
        null, state with { Problem = $"{reason} {Again}", IsToBeSentAgain = true }, StatusCodes.Status503ServiceUnavailable);

    /// <summary>The refusal is remembered under the id, so the form gets a new one. Reasons that name fields go to these.</summary>
    private static FormReply Refused(FormState state, string reasons)
    {
        var faults = FormFaults.Of(reasons, out var others);
        var problem = others.Length == 0 ? null : $"It was refused: {others}.";
        return new(null, state with { Id = Guid.NewGuid().ToString(), Faults = faults, Problem = problem }, StatusCodes.Status409Conflict);
    }
}
