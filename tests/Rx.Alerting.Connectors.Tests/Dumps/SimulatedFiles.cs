using System.Globalization;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Tests.Files;

namespace Rx.Alerting.Connectors.Tests.Dumps;

/// <summary>Files of views in two partitions, in batches of a hundred.</summary>
internal sealed class SimulatedFiles : IDisposable
{
    public const int Batches = 400;

    private readonly TemporaryFolder folder = new();

    public SimulatedFiles() => SimulationWriter.Write(
        new SimulationOptions { Views = Batches * 100, Titles = 600, Properties = 12, Days = 1, Partitions = 2 }, Folder);

    public string Folder => folder.Path;

    public string DumpFolder => Path.Combine(Folder, "dumps");

    public FileViewSource Open() => FileViewSource.Open(new()
    {
        Paths = Directory.GetFiles(Folder, "views-*.jsonl"),
        BatchViews = 100,
        MaximumDegreeOfParallelism = 1,
    });

    /// <summary>Copies of the files up to positions in them.</summary>
    public IReadOnlyList<string> CutAt(IReadOnlyDictionary<string, string> positions)
    {
        var copies = new List<string>();
        foreach (var (file, position) in positions)
        {
            var content = File.ReadAllBytes(file).AsSpan(0, int.Parse(position, CultureInfo.InvariantCulture));
            copies.Add(folder.File($"{copies.Count}-{position}.cut", content));
        }

        return copies;
    }

    public void Dispose() => folder.Dispose();
}
