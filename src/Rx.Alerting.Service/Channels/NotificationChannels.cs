using System.Reactive;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Service.Telemetry;

namespace Rx.Alerting.Service.Channels;

/// <summary>The channels that are configured. They tell as long as the host runs.</summary>
internal sealed class NotificationChannels : BackgroundService, IAsyncDisposable
{
    private readonly IBoard? board;
    private readonly List<NotificationTarget> targets = [];

    public NotificationChannels(
        Settings settings,
        NotificationLog log,
        ServiceMetrics metrics,
        DeliverySpans spans,
        OwnerEpoch ownerEpoch,
        TimeProvider clock,
        ILoggerFactory logs)
    {
        if (settings.Channels.All.Count == 0)
            return;
        board = Boards.Open(settings, BoardKind.Notifications, mayMake: false); // The checkpoints make it.
        IReadOnlyList<NotificationRoute> routes = [.. settings.Routes.All.Values.Select(route => route.ToRoute())];
        targets.AddRange(settings.Channels.All.Select(channel =>
            channel.Value.Target(channel.Key, routes, clock, logs.CreateLogger<NotificationChannels>())));
        // A simulated time says nothing about how old something is.
        var options = settings.Source.Kind == SourceKind.Simulation
            ? settings.Notifications with { MaximumAge = TimeSpan.MaxValue }
            : settings.Notifications;
        var reports = Observer.Synchronize(Observer.Create<NotificationReport>(report =>
        {
            log.Take(report);
            metrics.Take(report);
            spans.Take(report);
        }));
        All = [.. targets.Select(target => new NotificationChannel(target, board, options, clock, reports, ownerEpoch))];
    }

    public IReadOnlyList<NotificationChannel> All { get; } = [];

    /// <summary>What the channels remember. Null: there is no channel.</summary>
    public IBoard? Board => board;

    public async ValueTask DisposeAsync()
    {
        Dispose();
        foreach (var notifier in targets.Select(target => target.Notifier).OfType<IDisposable>())
            notifier.Dispose();
        if (board is not null)
            await board.DisposeAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(All.Select(channel => channel.RunAsync(stoppingToken)));
}
