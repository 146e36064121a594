using System.Text.Json;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>The service on a free loopback port, inside the test process.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningService(WebApplication app)
    {
        this.app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public IncidentStore Store => app.Services.GetRequiredService<IncidentStore>();

    public PipelineWorker Worker => app.Services.GetRequiredService<PipelineWorker>();

    public CancellationToken Stopping => app.Lifetime.ApplicationStopping;

    public static async Task<RunningService> StartAsync(IViewSource source)
    {
        var surroundings = new Surroundings
        {
            Output = TextWriter.Synchronized(new StringWriter()),
            Error = TextWriter.Null,
            OpenOutput = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
        };
        var app = ServiceHost.Build(new Settings(), source, "http://127.0.0.1:0", Screen.ForOutput(surroundings), TimeProvider.System);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningService(app);
    }

    /// <summary>The answer's status, its content type and its JSON.</summary>
    public async Task<(int Status, string? Type, JsonElement Body)> GetAsync(string address)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var document = await JsonDocument.ParseAsync(body, default, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, document.RootElement.Clone());
    }

    /// <summary>Disposes the host without stopping it first, as happens when its start fails half way.</summary>
    public ValueTask AbandonAsync() => app.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
