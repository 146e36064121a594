using System.Net;
using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api;

/// <summary>The address that takes commands.</summary>
internal static class ControlEndpoints
{
    public const string Path = "/api/v1/control";

    private static readonly ControlPatience Patience = new(TimeSpan.FromSeconds(15), Keeps: false);

    public static void MapControl(this IEndpointRouteBuilder routes) => routes.MapPost(Path, ExecuteAsync);

    private static async Task<IResult> ExecuteAsync(
        HttpRequest request, ControlDispatcher dispatcher, IHostApplicationLifetime lifetime, CancellationToken cancel)
    {
        if (WhyForbidden(request) is { } reason)
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Commands are not taken.", detail: reason);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != MediaTypeNames.Application.Json)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                title: "The command must be JSON.",
                detail: $"Content-Type must be {MediaTypeNames.Application.Json}.");
        }

        if (await ReadAsync(request, cancel) is not { } body)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status413PayloadTooLarge,
                title: "The command is too large.",
                detail: $"A command has at most {ControlMessage.MaximumBytes} bytes.");
        }

        var parsed = ControlMessage.Parse(body, Guid.NewGuid().ToString(), out var faults);
        if (parsed is null)
        {
            var named = faults.GroupBy(fault => fault.Member, fault => fault.Problem)
                .ToDictionary(member => member.Key, member => member.ToArray());
            return Results.ValidationProblem(named, title: "The command cannot be understood.");
        }

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

    private static IResult Unavailable(string detail) => Results.Problem(
        statusCode: StatusCodes.Status503ServiceUnavailable, title: "No pipeline takes the command.", detail: detail);

    /// <summary>
    /// Why a request is refused, as a sentence; null if it is not. A program on this machine may command; a page of another site in this
    /// machine's browser may not, nor may a proxy pass on what others ask.
    /// </summary>
    internal static string? WhyForbidden(HttpRequest request)
    {
        var headers = request.Headers;
        if (request.HttpContext.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from))
            return "Commands are taken from this machine's loopback addresses only. Send them there, or by RabbitMQ.";
        if (!IsLoopback(request.Host.Host))
            return $"The Host header must be localhost or a loopback address, and is “{request.Host}”.";
        if (headers.ContainsKey("Forwarded") || headers.ContainsKey("X-Forwarded-For"))
            return "A proxy has passed the request on. Commands are taken from this machine only.";
        var (origin, own) = (headers.Origin.ToString(), $"{request.Scheme}://{request.Host}");
        return headers.Origin.Count > 0 && !origin.Equals(own, StringComparison.OrdinalIgnoreCase)
            ? $"The Origin header must be {own}, and is “{origin}”: pages of other sites may not send commands."
            : null;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

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
