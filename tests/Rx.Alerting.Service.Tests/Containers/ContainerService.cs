using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Containers;

/// <summary>
/// The service in a container as an operator runs it: read-only, without capabilities, not as root, with bounded memory.
/// </summary>
internal sealed class ContainerService : IAsyncDisposable
{
    private readonly string name = $"rx-alerting-{Guid.NewGuid():N}";
    private readonly ServiceProcess process;

    /// <param name="data">The folder that is the volume for the store.</param>
    /// <param name="options">Further options of <c>podman run</c>, such as the memory that the container may take.</param>
    /// <param name="arguments">In place of the image's own.</param>
    public ContainerService(string data, IEnumerable<string> options, params string[] arguments)
    {
        var start = new ProcessStartInfo("podman",
        [
            .. ContainerEngine.Global, "run", "--rm", "--name", name, .. ContainerEngine.Limits,
            "--read-only", "--cap-drop", "all", "--security-opt", "no-new-privileges", "--volume", $"{data}:/data",
            "--env", "RX_ALERTING__Access__Local=admin", .. options,
            ServiceImage.Tag,
        ]);
        process = ServiceProcess.StartProgram(start, arguments);
    }

    public string Output => process.Output;

    public Task<Uri> AddressAsync() => process.AddressAsync();

    public Task StartedAsync() => process.LineAsync(line => line.StartsWith("rx-alerting watches", StringComparison.Ordinal));

    /// <summary>Waits until the service, asked again and again, has counted more than some views.</summary>
    public async Task CountsMoreThanAsync(long views)
    {
        using var client = new HttpClient { BaseAddress = await AddressAsync() };
        while (await CountedAsync(client) <= views)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Asks podman to send a signal to the service.</summary>
    public Task SignalAsync(string signal) => ContainerEngine.RunAsync("kill", "--signal", signal, name);

    public Task<int> ExitCodeAsync() => process.ExitCodeAsync();

    /// <summary>Runs a command in the container.</summary>
    public Task<string> ExecuteAsync(params string[] command) => ContainerEngine.RunAsync(["exec", name, .. command]);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await ContainerEngine.RunAsync("rm", "--force", "--time", "0", name);
        await process.DisposeAsync();
    }

    private static async Task<long> CountedAsync(HttpClient client)
    {
        var answer = await client.PostAsJsonAsync(
            new Uri("/api/v1/control", UriKind.Relative),
            new { id = Guid.NewGuid().ToString("N"), by = "test", type = "status" },
            TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return json.RootElement.GetProperty("pipelines").EnumerateArray()
            .Sum(pipeline => pipeline.TryGetProperty("counts", out var counts) ? counts.GetProperty("views").GetInt64() : 0);
    }
}
