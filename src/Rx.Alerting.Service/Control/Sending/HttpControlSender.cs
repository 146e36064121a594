using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary>Sends a command to one process over HTTP.</summary>
internal static class HttpControlSender
{
    /// <summary>Longer than the service waits for a commit.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="MisusedException">It is no address, or the service finds faults in the command.</exception>
    /// <exception cref="CommandFailedException">There is no answer, or the service does not take the command.</exception>
    public static async Task<ControlReply> SendAsync(
        string url, string? token, string id, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new MisusedException($"--url {url}: must be like http://127.0.0.1:8080");
        // A redirect could lead the token elsewhere.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Patience };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        try
        {
            using var content = new ReadOnlyMemoryContent(message);
            content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
            using var response = await client.PostAsync(new Uri(address, ControlEndpoints.Path), content, cancel);
            var body = await response.Content.ReadAsByteArrayAsync(cancel);
            return (response.IsSuccessStatusCode ? ControlJson.Read(body) : null) ?? throw Refused(url, id, response.StatusCode, body);
        }
        catch (HttpRequestException unreachable)
        {
            var why = (unreachable.InnerException ?? unreachable).Message;
            throw new CommandFailedException(
                $"{url} does not answer: {why}. Does the service run there? Send command {id} again with --id {id}.", unreachable);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"{url} has not answered within {Patience.TotalSeconds} s. Send command {id} again with --id {id}.", late);
        }
    }

    private static Exception Refused(string url, string id, HttpStatusCode status, byte[] body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            var root = problem.RootElement;
            if (root.TryGetProperty("errors", out var errors))
            {
                var faults = errors.EnumerateObject()
                    .SelectMany(member => member.Value.EnumerateArray().Select(problem => $"{member.Name} {problem}"));
                return new MisusedException([.. faults]);
            }

            var detail = root.TryGetProperty("detail", out var said) ? said.GetString() : null;
            var title = root.GetProperty("title").GetString();
            return new CommandFailedException($"{url} does not take command {id}: {title} {detail}".TrimEnd());
        }
        catch (Exception foreign) when (foreign is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new CommandFailedException($"{url} answers {(int)status}, and not as rx-alerting does. Is it another service?", foreign);
        }
    }
}
