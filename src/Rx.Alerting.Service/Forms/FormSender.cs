using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Forms;

/// <summary>
/// Sends the command of a form, as <see cref="Api.ControlEndpoints"/> sends that of a message: understood by the same code, refused by the
/// same rules, brought to the same pipelines.
/// </summary>
internal sealed class FormSender(ControlDispatcher dispatcher, BoardMirror board, IHostApplicationLifetime lifetime)
{
    private static readonly ControlPatience Patience = new(TimeSpan.FromSeconds(15), Keeps: false);

    /// <returns>What has become of it; or the form with what is wrong; or the refusal of a caller who may not send it.</returns>
    public async Task<FormReply> SendAsync(HttpContext context, FormState state, byte[] message)
    {
        var caller = context.Caller();
        if (ControlMessage.Parse(message, null, out var faults, caller.IsKnown ? caller.Name : null) is not { } request)
            return new(null, state with { Faults = FormFaults.Of(faults) }, StatusCodes.Status400BadRequest);
        if (CommandAccess.Refuse(context, request, board) is { } refusal)
            return new(null, null, 0, refusal);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            return FormReply.Of(await dispatcher.ExecuteAsync(request, Patience, end.Token), state);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return FormReply.Late(state, "The service stops, so it is not known whether it has taken effect.");
        }
    }
}
