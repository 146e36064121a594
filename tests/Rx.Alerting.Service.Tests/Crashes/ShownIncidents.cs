using System.Net.Http.Json;
using System.Text.Json;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>
/// What a service answers when it is asked for its incidents again and again. No answer may lack an incident of an earlier answer.
/// </summary>
internal sealed class ShownIncidents : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient client;
    private readonly CancellationTokenSource stop = new();
    private readonly Task<int> watching;
    private volatile IReadOnlyDictionary<string, Shown> latest;

    private ShownIncidents(HttpClient client, IReadOnlyDictionary<string, Shown> first)
    {
        (this.client, latest) = (client, first);
        watching = WatchAsync();
    }

    /// <summary>The latest answer: the JSON of each incident, by id. Throws what <see cref="EndAsync"/> throws.</summary>
    public IReadOnlyDictionary<string, string> Latest
    {
        get
        {
            if (watching.IsFaulted)
                watching.GetAwaiter().GetResult();
            return latest.ToDictionary(one => one.Key, one => one.Value.Json, StringComparer.Ordinal);
        }
    }

    /// <summary>Begins to ask a service.</summary>
    public static async Task<ShownIncidents> WatchAsync(ServiceProcess service)
    {
        var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        return new(client, await ReadAsync(client));
    }

    /// <summary>Stops asking. Fails if an incident was missing in an answer, or was older than in the answer before.</summary>
    /// <returns>How many answers there were.</returns>
    public async Task<int> EndAsync()
    {
        await stop.CancelAsync();
        return await watching;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await ((Task)watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        client.Dispose();
    }

    private async Task<int> WatchAsync()
    {
        using var timer = new PeriodicTimer(Poll);
        for (var answers = 0; ; answers++)
        {
            try
            {
                await timer.WaitForNextTickAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return answers;
            }

            var answer = await ReadAsync(client);
            Assert.Empty(latest.Keys.Except(answer.Keys));
            Assert.DoesNotContain(latest, before => answer[before.Key].UpdatedAt < before.Value.UpdatedAt);
            latest = answer;
        }
    }

    /// <summary>Asks for all pages. An incident that comes meanwhile moves others to a later page, so none is passed over.</summary>
    private static async Task<IReadOnlyDictionary<string, Shown>> ReadAsync(HttpClient client)
    {
        const int size = 100;
        var all = new Dictionary<string, Shown>(StringComparer.Ordinal);
        for (int page = 1, read = size; read == size; page++)
        {
            var address = new Uri($"/api/v1/incidents?limit={size}&page={page}", UriKind.Relative);
            var answer = await client.GetFromJsonAsync<JsonElement>(address, TestContext.Current.CancellationToken);
            var data = answer.GetProperty("data");
            foreach (var incident in data.EnumerateArray())
            {
                all[incident.GetProperty("id").GetString()!] = new(
                    incident.GetRawText(), incident.GetProperty("updated_at").GetDateTimeOffset());
            }

            read = data.GetArrayLength();
        }

        return all;
    }

    private sealed record Shown(string Json, DateTimeOffset UpdatedAt);
}
