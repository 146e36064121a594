using System.Text.Json;
using Rx.Alerting.Connectors.Simulation.Formats;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>What was written.</summary>
/// <param name="Views">The number of views in all files.</param>
/// <param name="Failures">The number of these views that failed.</param>
/// <param name="Files">The files of views, one for each partition.</param>
/// <param name="Labels">The incidents that affected any view, by their start.</param>
public sealed record SimulationSummary(long Views, long Failures, IReadOnlyList<string> Files, IReadOnlyList<IncidentLabel> Labels);

/// <summary>Writes labelled traffic into a directory. Files of the same names are overwritten.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>views-0.jsonl</c>, <c>views-1.jsonl</c>, … have the views in arrival order. Other formats end in <c>.binpb</c> or
/// <c>.log</c>.</item>
/// <item><c>labels.jsonl</c> has the injected incidents.</item>
/// <item><c>simulation.json</c> has the options.</item>
/// </list>
/// </remarks>
public static class SimulationWriter
{
    public const string LabelsFile = "labels.jsonl";

    public const string OptionsFile = "simulation.json";

    private const int ProgressEvery = 1 << 16;

    /// <param name="options">The same options give the same bytes.</param>
    /// <param name="directory">The directory; made if it does not exist.</param>
    /// <param name="progress">Is told now and then how many views have been written.</param>
    /// <param name="cancellation">Checked for each minute of event time. Written files stay.</param>
    /// <exception cref="ArgumentException">Options have faults. The message names all of them.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static SimulationSummary Write(
        SimulationOptions options,
        string directory,
        IProgress<long>? progress = null,
        CancellationToken cancellation = default)
    {
        var generator = new TrafficGenerator(options);
        Directory.CreateDirectory(directory);
        File.WriteAllText(
            Path.Combine(directory, OptionsFile),
            JsonSerializer.Serialize(options, SimulationJson.Readable.SimulationOptions) + "\n");
        using var partitions = new PartitionFiles(options, generator.World, directory);
        long views = 0, failures = 0;
        while (generator.TryNext(out var slice))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref readonly var view in slice)
            {
                partitions.Write(view);
                failures += view.Outcome == Outcome.Failure ? 1 : 0;
                if (++views % ProgressEvery == 0)
                    progress?.Report(views);
            }
        }

        partitions.Flush();
        progress?.Report(views);
        var labels = generator.Labels;
        WriteLabels(Path.Combine(directory, LabelsFile), labels);
        return new SimulationSummary(views, failures, partitions.Names, labels);
    }

    /// <summary>
    /// Files of views of the same format in <paramref name="directory"/> that <see cref="Write"/> would not overwrite. They have to be
    /// told, because <c>views-*.jsonl</c> would then be the views of two runs.
    /// </summary>
    public static IReadOnlyList<string> Leftovers(SimulationOptions options, string directory)
    {
        if (!Directory.Exists(directory))
            return [];

        var written = Enumerable.Range(0, options.Partitions)
            .Select(partition => PartitionFiles.NameOf(partition, options.Format))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Directory.EnumerateFiles(directory, $"views-*{RecordEncoder.ExtensionOf(options.Format)}")
                .Select(file => Path.GetFileName(file))
                .Where(name => !written.Contains(name))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static void WriteLabels(string path, IReadOnlyList<IncidentLabel> labels)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        foreach (var label in labels)
            writer.WriteLine(JsonSerializer.Serialize(label, SimulationJson.Readable.IncidentLabel));
    }
}
