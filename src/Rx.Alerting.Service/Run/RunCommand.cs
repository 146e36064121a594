using System.CommandLine;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Options;
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
          rx-alerting run --listen 0.0.0.0:9000 --set Access:Anonymous=none    for other machines, too, with tokens (rx-alerting token)
          rx-alerting run --metrics 0.0.0.0:9464           Prometheus scrapes /metrics there
          rx-alerting run --follow /var/log/nginx/access.log    a log that grows, through rotations
          rx-alerting run --source kafka --set Kafka:BootstrapServers=broker:9092 --set Kafka:Topic=views
          rx-alerting run --source kinesis --set Kinesis:StreamName=views --set Kinesis:Region=eu-central-1
          rx-alerting run --listen https://0.0.0.0:8443 --set Access:Anonymous=none --config https.json
          rx-alerting run --store redis --set Redis:Configuration=redis:6379,password=… --config rx-alerting.json

        State is kept in the file rx-alerting.db, or where --store says: a service that is started again goes on where it was.

        Every option is also an environment variable: RX_ALERTING__Detection__TailProbability=1e-7.
        rx-alerting options lists them all. Logging and Kestrel are set in the same way, for example with
          { "Logging": { "LogLevel": { "Default": "Warning" } },
            "Kestrel": { "Certificates": { "Default": { "Path": "cert.pem", "KeyPath": "key.pem" } } } }
        SIGTERM and Ctrl+C end the service in good order.
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var listen = new Option<string>("--listen", "--urls")
        {
            Description = "Where the HTTP API listens: PORT, HOST:PORT, http://HOST:PORT or https://HOST:PORT.",
            HelpName = "HOST:PORT",
            DefaultValueFactory = _ => ListenAddress.Default,
        };
        var seed = new DescribedOption<long>("--seed", () => Simulated(nameof(SimulationOptions.Seed)))
        {
            HelpName = "N",
            DefaultValueFactory = _ => SimulationOptions.Demo.Seed,
        };
        var speed = new DescribedOption<double>("--speed", () => Simulated(nameof(SimulationOptions.Speed)))
        {
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
            if (OptionFaults.Of(traffic) is { Count: > 0 } faults)
            {
                var named = faults.Select(fault => fault.Replace("Simulation:Speed", "--speed", StringComparison.Ordinal));
                throw new MisusedException([.. named]);
            }

            var loaded = settings.Load(parsed, host);
            if (parsed.GetResult(listen) is { Implicit: false } && HostSections.Sets(loaded, "Kestrel:Endpoints"))
                throw new MisusedException("--listen: Kestrel:Endpoints says where to listen already, give one of them");

            return ServiceRun.ExecuteAsync(
                loaded,
                traffic,
                ListenAddress.Parse(parsed.GetRequiredValue(listen)),
                host,
                stop);
        });
        return new CommandWithExamples(command, Examples);
    }

    private static string Simulated(string property) => $"Simulated traffic. {OptionCatalogue.Help<SimulationOptions>(property)}";
}
