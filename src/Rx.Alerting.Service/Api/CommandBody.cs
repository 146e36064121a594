using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api;

/// <summary>Reads the JSON of a command. Whatever else comes is refused, and what is large or compressed is not read.</summary>
internal static class CommandBody
{
    /// <summary>A header with the id of the command, for programs that send one with every request.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>The id that the header has; empty where it is given twice. Null: there is none.</summary>
    /// <remarks>The header is a string of structured fields (RFC 9651), so it may be in quotes.</remarks>
    public static string? KeyOf(HttpRequest request) => request.Headers[KeyHeader] switch
    {
        [] => null,
        [['"', .. var inner, '"']] => inner,
        [{ } key] => key,
        _ => string.Empty,
    };

    /// <returns>The body, or the answer that refuses it.</returns>
    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase))
            return (default, Problem.Of(ProblemKind.WrongContent, $"Content-Type must be {MediaTypeNames.Application.Json}."));
        if (request.Headers.ContentEncoding.Count > 0)
            return (default, Problem.Of(ProblemKind.WrongContent, "It must not be compressed: there must be no Content-Encoding."));
        return await ReadBytesAsync(request, cancel) is { } body
            ? (body, null)
            : (default, Problem.Of(ProblemKind.TooLarge, $"A command has at most {ControlMessage.MaximumBytes} bytes."));
    }

    /// <summary>Null if the body is too large.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > ControlMessage.MaximumBytes)
            return null;
        var buffer = new byte[ControlMessage.MaximumBytes + 1];
        var read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return read > ControlMessage.MaximumBytes ? (ReadOnlyMemory<byte>?)null : buffer.AsMemory(0, read);
    }
}
