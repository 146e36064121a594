using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Forms;

/// <summary>Sends the command of a form, by the way of all commands over HTTP.</summary>
internal sealed class FormSender(CommandSender sender)
{
    /// <returns>What has become of it; or the form with what is wrong; or the refusal of a caller who may not send it.</returns>
    public async Task<FormReply> SendAsync(HttpContext context, FormState state, byte[] message) =>
        await sender.SendAsync(context, message, null) switch
        {
            { Faults: { Count: > 0 } faults } => new(null, state with { Faults = FormFaults.Of(faults) }, StatusCodes.Status400BadRequest),
            { Refusal: { } refusal } => new(null, null, 0, refusal),
            { Reply: { } reply } => FormReply.Of(reply, state),
            _ => FormReply.Late(state, "The service stops, so it is not known whether it has taken effect."),
        };
}
