using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api;

/// <summary>The address that takes commands.</summary>
internal static class ControlEndpoints
{
    public const string Path = "/api/v1/control";

    private static readonly ControlPatience Patience = new(TimeSpan.FromSeconds(15), Keeps: false);

    /// <summary>Readers may ask for the status. What other commands need, <see cref="CommandAccess"/> says.</summary>
    public static void MapControl(this IEndpointRouteBuilder routes) => routes.MapPost(Path, ExecuteAsync)
        .Describe<ControlReply>(Operations.SendCommand)
        .Needs(AccessRole.Reader);

    private static async Task<IResult> ExecuteAsync(
        HttpRequest request,
        ControlDispatcher dispatcher,
        BoardMirror board,
        IHostApplicationLifetime lifetime,
        CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase))
            return Problem.Of(ProblemKind.WrongContent, $"Content-Type must be {MediaTypeNames.Application.Json}.");
        if (request.Headers.ContentEncoding.Count > 0)
            return Problem.Of(ProblemKind.WrongContent, "It must not be compressed: there must be no Content-Encoding.");
        if (await ReadAsync(request, cancel) is not { } body)
            return Problem.Of(ProblemKind.TooLarge, $"A command has at most {ControlMessage.MaximumBytes} bytes.");

        var caller = request.HttpContext.Caller();
        var parsed = ControlMessage.Parse(body, Guid.NewGuid().ToString(), out var faults, caller.IsKnown ? caller.Name : null);
        if (parsed is null)
        {
            var named = faults.GroupBy(fault => fault.Member, fault => fault.Problem)
                .ToDictionary(member => member.Key, member => member.ToArray());
            return Problem.Of(ProblemKind.WrongCommand, named);
        }

        if (CommandAccess.Refuse(request.HttpContext, parsed, board) is { } refusal)
            return refusal;

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        try
        {
            var reply = await dispatcher.ExecuteAsync(parsed, Patience, end.Token);
            return reply.Pipelines.Count == 0 && parsed.Action is not StatusAction
                ? Unavailable($"{reply.Reason} Send command {parsed.Id} again later, or ask the process that has the pipeline.")
                : Results.Bytes(ControlJson.Write(reply), MediaTypeNames.Application.Json);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Unavailable($"The service stops. Send command {parsed.Id} again later: with its id, it does nothing twice.");
        }
    }

    private static IResult Unavailable(string detail) => Problem.Of(ProblemKind.NoPipeline, detail);

    /// <summary>Null if the body is too large.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > ControlMessage.MaximumBytes)
            return null;
        var buffer = new byte[ControlMessage.MaximumBytes + 1];
        var read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return read > ControlMessage.MaximumBytes ? (ReadOnlyMemory<byte>?)null : buffer.AsMemory(0, read);
    }
}
