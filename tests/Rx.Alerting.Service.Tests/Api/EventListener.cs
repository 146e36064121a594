using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Api;

/// <summary>Reads server-sent events.</summary>
internal sealed class EventListener : IDisposable
{
    private readonly HttpResponseMessage answer;
    private readonly StreamReader lines;

    private EventListener(HttpResponseMessage answer, Stream body) => (this.answer, lines) = (answer, new StreamReader(body));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<EventListener> OpenAsync(
        RunningService service, string address, string? lastEventId = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        var answer = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new EventListener(answer, await answer.Content.ReadAsStreamAsync(Cancel));
    }

    /// <summary>The next event; comments are left out.</summary>
    public async Task<(string Id, string Name, string Data)> NextAsync()
    {
        var (id, name, data) = (string.Empty, string.Empty, string.Empty);
        while (true)
        {
            switch (await lines.ReadLineAsync(Cancel) ?? throw new EndOfStreamException())
            {
                case ['i', 'd', ':', ' ', .. var text]:
                    id = text;
                    break;
                case ['e', 'v', 'e', 'n', 't', ':', ' ', .. var text]:
                    name = text;
                    break;
                case ['d', 'a', 't', 'a', ':', ' ', .. var text]:
                    data = text;
                    break;
                case "" when name.Length > 0:
                    return (id, name, data);
            }
        }
    }

    /// <summary>Ends with the next heartbeat. An event before it is a failure.</summary>
    public async Task HeartbeatAsync()
    {
        string? line;
        do
            line = await lines.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancel);
        while (line is "");
        Assert.Equal(": heartbeat", line);
    }

    /// <summary>Reads to the end of the stream, whatever comes before it.</summary>
    public Task UntilEndAsync() => lines.ReadToEndAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancel);

    /// <summary>Whether the stream ends, in good order or not.</summary>
    public async Task<bool> EndsAsync()
    {
        try
        {
            string? line;
            do
                line = await lines.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancel);
            while (line is "");
            return line is null;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }
}
