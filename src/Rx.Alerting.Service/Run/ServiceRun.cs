using System.Net.Sockets;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Run;

/// <summary>The service from start to stop.</summary>
internal static class ServiceRun
{
    /// <returns><see cref="ExitCode.Failed"/> when the pipeline has failed; otherwise the service was asked to stop.</returns>
    /// <exception cref="CommandFailedException">It cannot listen at <paramref name="address"/>.</exception>
    public static async Task<int> ExecuteAsync(
        Settings settings,
        IViewSource source,
        string address,
        Surroundings surroundings,
        CancellationToken stop)
    {
        var screen = Screen.ForOutput(surroundings);
        await using var app = ServiceHost.Build(settings, source, address, screen, surroundings.Clock);
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            throw new CommandFailedException($"cannot listen at {address}: {(refused.InnerException ?? refused).Message}. Choose another address with --listen.", refused);
        }

        try
        {
            screen.Console.MarkupLine(
                $"rx-alerting watches simulated traffic; incidents are at [blue]{app.Urls.First().EscapeMarkup()}/api/v1/incidents[/]. Ctrl+C ends it.");
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
