using System.Net.Mime;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>
/// Takes what is posted to a resource as a command whose type, and whose subject, the address says. The rest is the command's own members.
/// </summary>
internal sealed class ResourceCommands(CommandSender sender)
{
    /// <param name="context">The request.</param>
    /// <param name="type">Of the command.</param>
    /// <param name="about">The member that the address says, and its value. Null: none.</param>
    /// <param name="answer">The answer where it is done, or was so already. Null: the reply itself.</param>
    /// <param name="refused">The answer where pipelines refuse it, if it is not the usual one; by the reasons.</param>
    public async Task<IResult> SendAsync(
        HttpContext context,
        string type,
        (string Member, string Value)? about = null,
        Func<ControlReply, IResult>? answer = null,
        Func<string, IResult?>? refused = null)
    {
        // A parameter that nobody reads, such as one for a trial, would be lost in silence, and the command be done.
        if (new QueryReader(context.Request.Query).Faults is { Count: > 0 } unknown)
            return Problem.Of(ProblemKind.WrongParameters, unknown);
        var (body, unread) = await CommandBody.ReadAsync(context.Request, context.RequestAborted);
        if (unread is not null)
            return unread;
        var given = new Dictionary<string, string>(StringComparer.Ordinal) { ["type"] = type };
        if (about is { } subject)
            given[subject.Member] = subject.Value;
        if (CommandBody.KeyOf(context.Request) is { } key)
            given["id"] = key;

        var sent = await sender.SendAsync(context, body, Guid.NewGuid().ToString(), given);
        if (sent.Faults.Count > 0)
            return CommandSender.Wrong(sent.Faults);
        if (sent.Refusal is { } refusal)
            return refusal;
        return sent.Reply is { } reply
            ? Answer(reply, answer ?? Done, refused ?? (_ => null))
            : Unconfirmed("The service stops.", sent.Unknown!);
    }

    public static IResult Done(ControlReply reply) => Results.Bytes(ControlJson.Write(reply), MediaTypeNames.Application.Json);

    public static IResult Refused(string reasons) => Problem.Of(ProblemKind.Refused, $"It was refused: {reasons}.");

    private static IResult Answer(ControlReply reply, Func<ControlReply, IResult> done, Func<string, IResult?> refused)
    {
        var reasons = string.Join("; ", reply.Pipelines.Select(one => one.Reason).OfType<string>().Distinct(StringComparer.Ordinal));
        return reply.Status switch
        {
            ReplyStatus.Done or ReplyStatus.AlreadySo => done(reply),
            ReplyStatus.Refused => refused(reasons) ?? Refused(reasons),
            _ when reply.Pipelines.Count == 0 => Problem.Of(
                ProblemKind.NoPipeline,
                $"{reply.Reason} Send it again later with id {reply.CommandId}, or ask the process that has the pipeline."),
            _ => Unconfirmed($"{reasons}.", reply.CommandId!),
        };
    }

    private static IResult Unconfirmed(string reason, string id) => Problem.Of(
        ProblemKind.Unconfirmed, $"{reason} It may have taken effect. Send it again with id {id}: it does nothing twice.");
}
