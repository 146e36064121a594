using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Terminal;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>The service on a free loopback port, inside the test process.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private const string Kind = "test", StreamName = "script", Pipeline = $"{Kind}/{StreamName}";

    private readonly WebApplication app;
    private readonly TemporaryFolder folder;

    private RunningService(WebApplication app, TemporaryFolder folder)
    {
        this.app = app;
        this.folder = folder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        MetricsClient = new HttpClient { BaseAddress = app.Services.GetRequiredService<MetricsServer>().Address };
    }

    public HttpClient Client { get; }

    /// <summary>Asks the address of metrics.</summary>
    public HttpClient MetricsClient { get; }

    /// <inheritdoc cref="Scrapes"/>
    public Scrapes Scrapes => app.Services.GetRequiredService<Scrapes>();

    /// <inheritdoc cref="PipelineStatus"/>
    public PipelineStatus Status => app.Services.GetRequiredService<PipelineStatus>();

    /// <inheritdoc cref="Service.Tries.Tries"/>
    public Service.Tries.Tries Tries => app.Services.GetRequiredService<Service.Tries.Tries>();

    /// <summary>Every address that is mapped.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>The lines of the metrics that are no comments.</summary>
    public async Task<string[]> ScrapeAsync()
    {
        var page = await MetricsClient.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        return [.. page.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }

    /// <summary>Has the service wait for something.</summary>
    public void Fail(string name, string trouble) => app.Services.GetRequiredService<PipelineHealth>().Wait(name, trouble);

    /// <summary>Ends when the metrics have a line.</summary>
    public Task UntilScrapedAsync(string line) => UntilAsync(async () => (await ScrapeAsync()).Contains(line));

    public PipelineWorker Worker => app.Services.GetRequiredService<PipelineWorker>();

    /// <summary>How many messages with commands were given back to the broker.</summary>
    public int Returns => app.Services.GetServices<IHostedService>().OfType<RabbitMqControl>().Single().Returns;

    public CatchingUp Loss => app.Services.GetRequiredService<CatchingUp>();

    public CancellationToken Stopping => app.Lifetime.ApplicationStopping;

    /// <summary>Ends when no pipeline runs any more.</summary>
    public Task Pipelines => Worker.ExecuteTask!;

    public static Task<RunningService> StartAsync(IViewSource source, TimeProvider? clock = null) =>
        StartAsync(source, new TemporaryFolder(), clock: clock);

    /// <param name="source">The source that the service watches.</param>
    /// <param name="folder">Has the service's state. Deleted with the service.</param>
    /// <param name="store">Takes the place of the store in the folder.</param>
    /// <param name="clock">Processing time; null: the system's.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="map">Adds addresses.</param>
    /// <param name="again">How the source is read once more; null: it cannot be.</param>
    public static async Task<RunningService> StartAsync(
        IViewSource source,
        TemporaryFolder folder,
        Settings? store = null,
        TimeProvider? clock = null,
        string address = "http://127.0.0.1:0",
        Action<WebApplication>? map = null,
        StreamAgain? again = null)
    {
        var host = new CommandHost
        {
            Output = TextWriter.Synchronized(new StringWriter()),
            Error = TextWriter.Null,
            OpenOutput = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
        };
        var settings = store ?? new Settings { Sqlite = new() { Path = folder["state.db"] } };
        settings = settings with { Metrics = settings.Metrics with { Listen = "127.0.0.1:0" } };
        var app = ServiceHost.Build(
            settings,
            _ => new WatchedStream(Kind, "a script", new WholeStream(StreamName, source)) { Again = again },
            address,
            Screen.ForOutput(host),
            clock ?? TimeProvider.System);
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningService(app, folder);
    }

    /// <summary>Shows incidents, as if the pipeline had committed them.</summary>
    public async Task ShowAsync(params Incident[] incidents)
    {
        var (board, mirror) = (app.Services.GetRequiredService<IBoard>(), app.Services.GetRequiredService<BoardMirror>());
        await UntilAsync(async () =>
            (await board.ReadAsync(null, TestContext.Current.CancellationToken)).Parts.ContainsKey(Pipeline));
        var effects = incidents.Select(incident => (Effect)new ChangeEffect(1, IncidentSamples.Change(incident))).ToList();
        await app.Services.GetRequiredService<BoardChannel>().DeliverAsync(Pipeline, effects, TestContext.Current.CancellationToken);
        await UntilAsync(() => Task.FromResult(incidents.All(incident => mirror.Find(incident.Id)?.UpdatedAt >= incident.UpdatedAt)));
    }

    /// <summary>Gives all channels that tell people incidents, as if the pipeline had committed them.</summary>
    public async Task TellAsync(params Incident[] incidents)
    {
        await ShowAsync(incidents);
        var effects = incidents.Select(incident => (Effect)new ChangeEffect(1, IncidentSamples.Change(incident))).ToList();
        foreach (var channel in app.Services.GetRequiredService<NotificationChannels>().All)
            await channel.DeliverAsync(Pipeline, effects, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends when commands come by RabbitMQ.</summary>
    public Task UntilCommandsComeAsync() =>
        UntilAsync(() => Task.FromResult(app.Services.GetRequiredService<RabbitMqCommands>().Trouble is null));

    /// <summary>Ends when the health says so.</summary>
    public Task UntilHealthSaysAsync(string text) => UntilAsync(() =>
        Task.FromResult(app.Services.GetRequiredService<PipelineHealth>().Description.Contains(text, StringComparison.Ordinal)));

    /// <summary>Ends when answers have no notice: the service has read what the board has.</summary>
    public Task UntilNothingIsMissingAsync() =>
        UntilAsync(() => Task.FromResult(app.Services.GetRequiredService<AnswerNotice>().Text is null));

    /// <summary>Ends when the pipeline knows so many properties.</summary>
    public Task UntilPropertiesAsync(int count) =>
        UntilAsync(() => Task.FromResult(Status.Latest.Values.Sum(statistics => statistics.Properties) == count));

    /// <summary>The status, content type and JSON of an answer.</summary>
    public async Task<(int Status, string? Type, JsonElement Body)> GetAsync(string address)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var document = await JsonDocument.ParseAsync(body, default, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, document.RootElement.Clone());
    }

    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(30),
                $"It does not come to be so: {app.Services.GetRequiredService<PipelineHealth>().Description}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Disposes the host without stopping it, as after a start that fails half way.</summary>
    public async ValueTask AbandonAsync()
    {
        await app.DisposeAsync();
        folder.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        MetricsClient.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        folder.Dispose();
    }
}
