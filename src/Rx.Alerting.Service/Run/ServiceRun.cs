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
    /// <returns><see cref="ExitCode.Failed"/> when the pipeline has failed; otherwise the service was asked to stop.</returns>
    /// <param name="settings">Valid.</param>
    /// <param name="traffic">What is simulated, where the source is simulation.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="surroundings">What it sees of the machine.</param>
    /// <param name="stop">Ends it in good order.</param>
    /// <exception cref="MisusedException">The host cannot be configured as the settings say.</exception>
    /// <exception cref="CommandFailedException">It cannot listen at <paramref name="address"/>.</exception>
    public static async Task<int> ExecuteAsync(
        Settings settings,
        SimulationOptions traffic,
        string address,
        Surroundings surroundings,
        CancellationToken stop)
    {
        var screen = Screen.ForOutput(surroundings);
        HostSections.Check(settings, address);
        await using var app = HostSections.Build(settings, () => ServiceHost.Build(
            settings, logs => WatchedStreams.Open(settings, traffic, surroundings.Clock, logs), address, screen, surroundings.Clock));
        try
        {
            await app.StartAsync(stop);
        }
        catch (NotSupportedException refused) when (settings.Host.Count > 0)
        {
            // TLS looks at the certificate only now.
            throw HostSections.Refused(settings, refused);
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            throw new CommandFailedException($"cannot listen at {address}: {(refused.InnerException ?? refused).Message}. Choose another address with --listen.", refused);
        }

        try
        {
            screen.Console.MarkupLine(
                $"rx-alerting watches {app.Services.GetRequiredService<WatchedStream>().Description.EscapeMarkup()}; incidents are at [blue]{app.Urls.First().EscapeMarkup()}/api/v1/incidents[/]. Ctrl+C ends it.");
            await app.WaitForShutdownAsync(stop);
        }
        catch
        {
            // Disposing alone would leave the pipeline running among disposed services.
            await app.StopAsync(CancellationToken.None);
            throw;
        }

        return app.Services.GetRequiredService<PipelineWorker>().HasFailed ? ExitCode.Failed : ExitCode.Success;
    }
}
