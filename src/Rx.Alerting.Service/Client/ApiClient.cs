using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Client;

/// <summary>Asks a service over HTTP for the command line. Every failure is one sentence.</summary>
/// <param name="url">The service.</param>
/// <param name="token">Null: none is shown.</param>
internal sealed class ApiClient(string url, string? token)
{
    /// <summary>Longer than the service waits for a commit.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What to do about a command whose fate is not known, behind failures; empty: it is a question.</summary>
    public string Again { get; init; } = string.Empty;

    /// <summary>What the service does not do, if it refuses.</summary>
    public string Refused { get; init; } = "does not answer that";

    /// <summary>How a parameter or member is named on the command line.</summary>
    public Func<string, string> NameOf { get; init; } = name => name;

    /// <exception cref="MisusedException">It is no address, or the service finds faults in the question.</exception>
    /// <exception cref="CommandFailedException">There is no answer, or a refusal.</exception>
    public Task<byte[]> GetAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Get, path, null, cancel);

    /// <inheritdoc cref="GetAsync"/>
    public async Task<byte[]> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        return await SendAsync(HttpMethod.Post, path, content, cancel);
    }

    /// <summary>Something answers that is no service of ours.</summary>
    public CommandFailedException Foreign(int status, Exception? inner = null) =>
        new($"{url} answers {status}, and not as rx-alerting does. Is it another service?", inner);

    private async Task<byte[]> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new MisusedException($"--url {url}: must be like http://127.0.0.1:8080");
        if (address.UserInfo.Length > 0)
            throw new MisusedException("--url: must be without user and password, as a token says who asks");
        if (address.AbsolutePath != "/" || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new MisusedException("--url: must end behind the port, as in http://127.0.0.1:8080");
        // A redirect could lead the token elsewhere.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Patience };
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        try
        {
            using var response = await client.SendAsync(request, cancel);
            var body = await response.Content.ReadAsByteArrayAsync(cancel);
            return !response.IsSuccessStatusCode ? throw Refusal(response.StatusCode, body)
                : response.Content.Headers.ContentType?.MediaType == MediaTypeNames.Application.Json ? body
                : throw Foreign((int)response.StatusCode);
        }
        catch (HttpRequestException unreachable)
        {
            var why = (unreachable.InnerException ?? unreachable).Message;
            throw new CommandFailedException($"{url} does not answer: {why}. Does the service run there?{Again}", unreachable);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new CommandFailedException($"{url} has not answered within {Patience.TotalSeconds} s.{Again}", late);
        }
    }

    private Exception Refusal(HttpStatusCode status, byte[] body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            var root = problem.RootElement;
            if (root.TryGetProperty("errors", out var errors))
            {
                var faults = errors.EnumerateObject()
                    .SelectMany(one => one.Value.EnumerateArray().Select(problem => $"{NameOf(one.Name)} {problem}"));
                return new MisusedException([.. faults]);
            }

            var detail = root.TryGetProperty("detail", out var said) ? said.GetString() : null;
            var title = root.GetProperty("title").GetString();
            var hint = status == HttpStatusCode.Unauthorized
                ? $" The token is that of --token-file, or of {ApiArguments.TokenVariable}." : string.Empty;
            return new CommandFailedException($"{url} {Refused} ({(int)status}): {title} {detail}".TrimEnd() + hint);
        }
        catch (Exception foreign) when (foreign is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Foreign((int)status, foreign);
        }
    }
}
