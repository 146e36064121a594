namespace Rx.Alerting.Service.Tests.Run;

internal static class HttpClientExtensions
{
    /// <summary>Asks until there is an answer. A server notices closed connections only a moment later.</summary>
    public static async Task<bool> AnswersInTheEndAsync(this HttpClient client)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            try
            {
                return (await client.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken))
                    .IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                await Task.Yield();
            }
        }

        return false;
    }
}
