using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>Sends commands to a service that runs.</summary>
internal static class ServiceCommands
{
    private static readonly Uri Address = new("/api/v1/control", UriKind.Relative);

    /// <summary>Sends a command that is done.</summary>
    /// <returns>The answer.</returns>
    public static async Task<JsonElement> SendAsync(this HttpClient client, string command)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var content = new StringContent(command, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(Address, content, cancel);
        var reply = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
        Assert.True(response.IsSuccessStatusCode && reply.GetProperty("status").GetString() == "done", reply.GetRawText());
        return reply;
    }
}
