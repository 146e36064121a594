using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Forms;

/// <summary>Takes the forms of the page with notifications.</summary>
internal sealed class NotificationForms(PageFrames frames, FormReader reader, FormSender sender, FormOutcomes outcomes)
{
    /// <summary>Addresses: the page, and where its form goes.</summary>
    public const string Path = "/notifications", RetryPath = "/notifications/retry";

    private static readonly CommandForm Retry = new("retry-notifications", "channel");

    public async Task RetryAsync(HttpContext context)
    {
        if (await reader.ReadAsync(context, Path) is not { } state)
            return;
        var reply = await sender.SendAsync(context, state, Retry.Message(state));
        if (reply.Refusal is { } refusal)
            await refusal.ExecuteAsync(context);
        else if (reply.Outcome is { } outcome)
            await outcomes.Lead(context, Path, outcome with { Text = $"Result: {outcome.Text}." }).ExecuteAsync(context);
        else
            await RefuseAsync(context, reply);
    }

    private Task RefuseAsync(HttpContext context, FormReply reply)
    {
        var reason = reply.State!.Problem ?? FormLabels.Sentence(reply.State.Faults);
        var frame = frames.Of(context, "Not done") with { Path = Path };
        return frames.Renderer.WriteAsync<RefusedPage>(
            context, reply.Status, new() { ["Frame"] = frame, ["Reason"] = reason, ["Back"] = Path });
    }
}
