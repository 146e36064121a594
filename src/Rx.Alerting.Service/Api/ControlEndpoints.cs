using System.Net.Mime;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api;

/// <summary>The address that takes commands.</summary>
internal static class ControlEndpoints
{
    public const string Path = "/api/v1/control";

    /// <summary>Readers may ask for the status. What other commands need, <see cref="CommandAccess"/> says.</summary>
    public static void MapControl(this IEndpointRouteBuilder routes) => routes.MapPost(Path, ExecuteAsync)
        .Describe<ControlReply>(Operations.SendCommand)
        .Needs(AccessRole.Reader);

    private static async Task<IResult> ExecuteAsync(HttpContext context, CommandSender sender, CancellationToken cancel)
    {
        var (body, unread) = await CommandBody.ReadAsync(context.Request, cancel);
        if (unread is not null)
            return unread;
        var given = CommandBody.KeyOf(context.Request) is { } key
            ? new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = key } : null;
        return await sender.SendAsync(context, body, Guid.NewGuid().ToString(), given) switch
        {
            { Faults: { Count: > 0 } faults } => CommandSender.Wrong(faults),
            { Refusal: { } refusal } => refusal,
            { Unknown: { } id } => Unavailable($"The service stops. Send command {id} again later: with its id, it does nothing twice."),
            { Reply: { Pipelines.Count: 0, Type: not "status" } reply } => Unavailable(
                $"{reply.Reason} Send command {reply.CommandId} again later, or ask the process that has the pipeline."),
            var sent => Results.Bytes(ControlJson.Write(sent.Reply!), MediaTypeNames.Application.Json),
        };
    }

    private static IResult Unavailable(string detail) => Problem.Of(ProblemKind.NoPipeline, detail);
}
