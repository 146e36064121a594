using System.Collections.Concurrent;
using System.Diagnostics;

namespace Rx.Alerting.Benchmarks.Serving;

/// <summary>
/// Sends requests at a fixed rate, whether or not earlier ones are answered. A request's time begins when it was to be sent. So a server
/// that stands still is seen by all requests that come meanwhile, and not only by one (no coordinated omission).
/// </summary>
/// <param name="client">Sends.</param>
/// <param name="rate">Requests a second.</param>
internal sealed class OpenLoop(HttpClient client, int rate)
{
    private readonly ConcurrentDictionary<string, string> tags = new(StringComparer.Ordinal);

    /// <summary>What was measured so far.</summary>
    public ConcurrentQueue<Answer> Answers { get; private set; } = new();

    /// <summary>Forgets the answers so far.</summary>
    public void Clear() => Answers = new();

    /// <summary>Sends for some time, and waits for all answers.</summary>
    public async Task RunAsync(TimeSpan lasts, Func<int, PageRequest> next)
    {
        var (begun, count) = (Stopwatch.GetTimestamp(), (int)(rate * lasts.TotalSeconds));
        var asked = new List<Task>(count);
        // A thread of its own: timers of the pool come late where the machine is busy.
        var sender = new Thread(() =>
        {
            for (var i = 0; i < count; i++)
            {
                var due = begun + (long)((double)i / rate * Stopwatch.Frequency);
                if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                    Wait(early);
                var request = next(i);
                asked.Add(Task.Run(() => AskAsync(request, due)));
            }
        });
        sender.Start();
        await Task.Run(sender.Join);
        await Task.WhenAll(asked);
    }

    private static void Wait(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }

    private async Task AskAsync(PageRequest asked, long due)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(asked.Address, UriKind.Relative));
        request.Headers.Add("Accept-Encoding", "br");
        if (asked.HasTag && tags.TryGetValue(asked.Address, out var tag))
            request.Headers.Add("If-None-Match", tag);
        var (status, bytes) = (0, 0L);
        try
        {
            using var answer = await client.SendAsync(request);
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            status = (int)answer.StatusCode;
            if (asked.HasTag && answer.Headers.ETag is { } latest)
                tags[asked.Address] = latest.ToString();
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            // Counted as an answer without a status.
        }

        Answers.Enqueue(new(asked.Kind, Stopwatch.GetElapsedTime(due).TotalMilliseconds, status, bytes));
    }

    /// <param name="Kind">Of the request.</param>
    /// <param name="Milliseconds">From the moment at which it was to be sent, to the last byte.</param>
    /// <param name="Status">0: none came.</param>
    /// <param name="Bytes">Of the body, as they came.</param>
    public readonly record struct Answer(string Kind, double Milliseconds, int Status, long Bytes);
}
