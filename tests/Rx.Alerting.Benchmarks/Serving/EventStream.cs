using System.Diagnostics;

namespace Rx.Alerting.Benchmarks.Serving;

/// <summary>An open stream of events, and when each event came.</summary>
internal sealed class EventStream
{
    private readonly List<(string Id, long At, string? Data)> events = [];
    private readonly Task reading;

    private EventStream(Stream body, bool keepsData, CancellationToken end) => reading = ReadAsync(body, keepsData, end);

    /// <summary>What has come so far. Data only where it is kept.</summary>
    public (string Id, long At, string? Data)[] Events
    {
        get
        {
            lock (events)
                return [.. events];
        }
    }

    /// <summary>Events that say that changes are missing.</summary>
    public int Resets { get; private set; }

    /// <param name="client">Of the service.</param>
    /// <param name="keepsData">Whether the contents of events are kept.</param>
    /// <param name="end">Ends the stream.</param>
    public static async Task<EventStream> OpenAsync(HttpClient client, bool keepsData, CancellationToken end)
    {
        var answer = await client.GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, end);
        answer.EnsureSuccessStatusCode();
        return new(await answer.Content.ReadAsStreamAsync(end), keepsData, end);
    }

    /// <summary>Ends with the stream.</summary>
    public Task EndAsync() => reading;

    private async Task ReadAsync(Stream body, bool keepsData, CancellationToken end)
    {
        using var lines = new StreamReader(body);
        var (id, name) = (string.Empty, string.Empty);
        try
        {
            while (await lines.ReadLineAsync(end) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = line[4..];
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                    name = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    Take(id, name, keepsData ? line[6..] : null);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The workload is over.
        }
    }

    private void Take(string id, string name, string? data)
    {
        var now = Stopwatch.GetTimestamp();
        if (name == "reset")
            Resets++;
        if (name != "incidents")
            return;
        lock (events)
            events.Add((id, now, data));
    }
}
