using System.CommandLine;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Run;

/// <summary><c>rx-alerting run</c>: the service.</summary>
internal static class RunCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting run                                  simulated traffic, http://localhost:8080
          rx-alerting run --listen 0.0.0.0:9000            for other machines, too
          rx-alerting run --follow /var/log/nginx/access.log    a log that grows, through rotations
          rx-alerting run --source kafka --set Kafka:BootstrapServers=broker:9092 --set Kafka:Topic=views
          rx-alerting run --source kinesis --set Kinesis:StreamName=views --set Kinesis:Region=eu-central-1
          rx-alerting run --store redis --set Redis:Configuration=redis:6379,password=… --config rx-alerting.json

        State is kept in the file rx-alerting.db, or where --store says: a service that is started again goes on where it was.

        Every option is also an environment variable: RX_ALERTING__Detection__TailProbability=1e-7.
        rx-alerting options lists them all. SIGTERM and Ctrl+C end the service in good order.
        """;

    public static CommandWithExamples Create(Surroundings surroundings)
    {
        var listen = new Option<string>("--listen", "--urls")
        {
            Description = "Where the HTTP API listens: PORT, HOST:PORT or http://HOST:PORT.",
            HelpName = "HOST:PORT",
            DefaultValueFactory = _ => ListenAddress.Default,
        };
        var seed = new Option<long>("--seed")
        {
            Description = "Another number gives other simulated traffic.",
            HelpName = "N",
            DefaultValueFactory = _ => SimulationOptions.Demo.Seed,
        };
        var speed = new Option<double>("--speed")
        {
            Description = "Seconds of event time that pass in one second of simulated traffic.",
            HelpName = "N",
            DefaultValueFactory = _ => SimulationOptions.Demo.Speed,
        };
        var command = new Command("run", "Run the service: find incidents in a stream of views, tell them here and over HTTP.")
        {
            listen, seed, speed,
        };
        var settings = new SettingArguments(command, runs: true);
        command.SetAction((parsed, stop) =>
        {
            var traffic = SimulationOptions.Demo with { Seed = parsed.GetValue(seed), Speed = parsed.GetValue(speed) };
            if (traffic.Validate() is { Count: > 0 } faults)
            {
                var named = faults.Select(fault => fault.Replace("Simulation:Speed", "--speed", StringComparison.Ordinal));
                throw new MisusedException([.. named]);
            }

            return ServiceRun.ExecuteAsync(
                settings.Load(parsed, surroundings),
                traffic,
                ListenAddress.Parse(parsed.GetRequiredValue(listen)),
                surroundings,
                stop);
        });
        return new CommandWithExamples(command, Examples);
    }
}
