using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Service.Tests.Replay;

[assembly: AssemblyFixture(typeof(SimulatedTraffic))]

namespace Rx.Alerting.Service.Tests.Replay;

/// <summary>
/// Two days of traffic of four properties, in which things break. It is written once for all tests, as one file and as three files.
/// </summary>
public sealed class SimulatedTraffic : IDisposable
{
    public const int Views = 30_000;

    private static readonly SimulationOptions Options = new()
    {
        Views = Views,
        Days = 2,
        Properties = 4,
        Titles = 400,
        Seed = 5,
        PropertyIncidentsPerDay = 0.5,
        TitleIncidentsPerDay = 0.5,
        Quiet = TimeSpan.FromHours(12),
    };

    private readonly TemporaryFolder folder = new();

    public SimulatedTraffic()
    {
        Whole = SimulationWriter.Write(Options, folder["whole"]).Files[0];
        Parts = SimulationWriter.Write(Options with { Partitions = 3 }, folder["parts"]).Files;
        Labels = Path.Combine(folder["whole"], SimulationWriter.LabelsFile);
    }

    public string Whole { get; }

    public IReadOnlyList<string> Parts { get; }

    public string Labels { get; }

    public void Dispose() => folder.Dispose();
}
