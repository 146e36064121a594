using System.Net.Sockets;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Run;

/// <summary>The service from start to stop.</summary>
internal static class ServiceRun
{
    /// <returns><see cref="ExitCode.Failed"/> if a pipeline has failed. Otherwise the service was asked to stop.</returns>
    /// <param name="settings">Valid settings.</param>
    /// <param name="traffic">The traffic, if the source is simulation.</param>
    /// <param name="address">Where the service listens.</param>
    /// <param name="host">Console, clock and environment.</param>
    /// <param name="stop">Stops the service in good order.</param>
    /// <exception cref="MisusedException">The host cannot be configured as the settings say.</exception>
    /// <exception cref="CommandFailedException">The service cannot listen at <paramref name="address"/>.</exception>
    public static async Task<int> ExecuteAsync(
        Settings settings,
        SimulationOptions traffic,
        string address,
        CommandHost host,
        CancellationToken stop)
    {
        var screen = Screen.ForOutput(host with { Output = PipedOutput.Of(host.Output) });
        HostSections.Check(settings, address);
        await using var app = HostSections.Build(settings, () => ServiceHost.Build(
            settings, logs => WatchedStreams.Open(settings, traffic, host.Clock, logs), address, screen, host.Clock));
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            var reason = (refused.InnerException ?? refused).Message;
            throw new CommandFailedException(
                HostSections.Sets(settings, "Kestrel:Endpoints")
                    ? $"cannot listen as Kestrel:Endpoints says: {refused.Message}"
                    : $"cannot listen at {address}: {reason}. Choose another address with --listen.",
                refused);
        }
        catch (Exception refused) when (settings.Host.Count > 0 && HostSections.IsRefusal(refused))
        {
            // TLS looks at the certificate only now.
            throw HostSections.Refused(settings, refused);
        }

        try
        {
            var watched = app.Services.GetRequiredService<WatchedStream>().Description.EscapeMarkup();
            var url = app.Urls.First().EscapeMarkup();
            Say(
                screen,
                $"rx-alerting watches {watched}; incidents are at [blue]{url}/[/] and [blue]{url}/api/v1/incidents[/]. "
                + "Ctrl+C ends it.");
            await app.WaitForShutdownAsync(stop);
        }
        catch
        {
            // Disposing alone would let the pipeline run on, with disposed services.
            await app.StopAsync(CancellationToken.None);
            throw;
        }

        return HasFailed(app) ? ExitCode.Failed : ExitCode.Success;
    }

    private static void Say(Screen screen, string markup)
    {
        try
        {
            screen.Console.MarkupLine(markup);
        }
        catch (IOException)
        {
            // Nobody reads. The channel to the console says so when it has something to say.
        }
    }

    /// <summary>Whether the host has ended because something failed. The host would end as if it had been asked to.</summary>
    private static bool HasFailed(WebApplication app)
    {
        foreach (var service in app.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            if (service.ExecuteTask is { IsFaulted: true, Exception: { } failure })
            {
                RunLog.ServiceFailed(app.Logger, service.GetType().Name, failure.GetBaseException());
                return true;
            }
        }

        return app.Services.GetRequiredService<PipelineWorker>().HasFailed;
    }
}
