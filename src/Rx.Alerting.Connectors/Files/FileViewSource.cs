using System.Globalization;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// Views from files, merged by event time. Each file is a partition, named by its path. A position is the offset in the decompressed bytes,
/// in decimal.
/// </summary>
/// <remarks>
/// Every record counts exactly once, as a view or as rejected. If a file cannot be read to its end, its views up to there count, its
/// partition finishes, and the file appears in <see cref="Problems"/>.
/// </remarks>
public sealed class FileViewSource : IViewSource, IDisposable
{
    private readonly FileSourceOptions options;
    private volatile IReadOnlyList<PartitionReader> readers;

    /// <summary>1 if the files that were opened first are being read, or are closed.</summary>
    private int used;

    private FileViewSource(FileSourceOptions options, IReadOnlyList<PartitionReader> readers)
    {
        this.options = options;
        this.readers = readers;
    }

    /// <summary>How far the latest reading is. Thread-safe.</summary>
    public FileSourceProgress Progress => new(
        readers.Sum(reader => reader.Input.BytesRead),
        readers.All(reader => reader.Input.Length is not null) ? readers.Sum(reader => reader.Input.Length) : null,
        readers.Sum(reader => reader.Records));

    /// <summary>
    /// Files that the latest reading could not read to their end, in the order of the paths. Final when reading has completed.
    /// </summary>
    public IReadOnlyList<SourceProblem> Problems => [.. readers.Select(reader => reader.Input.Problem).OfType<SourceProblem>()];

    /// <summary>Opens all files and tells their formats. Decodes nothing yet.</summary>
    /// <exception cref="FileSourceException">Options or files have faults. The message names all of them.</exception>
    public static FileViewSource Open(FileSourceOptions options) => new(options, OpenAll(options, OptionFaults.Of(options)));

    /// <summary>
    /// Every reading except the first opens the files anew. The standard input can be read only once, so a further reading of it fails.
    /// </summary>
    /// <inheritdoc/>
    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate)
    {
        var from = positions.ToDictionary(
            position => position.Key, position => long.Parse(position.Value, CultureInfo.InvariantCulture));
        return new MergedReading(() => Begin(from), gate, options);
    }

    /// <summary>Closes the files if they were never read. A reading closes its files by itself.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref used, 1) != 0)
            return;
        foreach (var reader in readers)
            reader.Input.Dispose();
    }

    private IReadOnlyList<PartitionReader> Begin(Dictionary<string, long> positions)
    {
        if (Interlocked.Exchange(ref used, 1) != 0)
        {
            var faults = options.Paths
                .Where(path => path == FileSourceOptions.StandardInputPath)
                .Select(path => $"{path}: the standard input can be read only once; give its content as a file");
            readers = OpenAll(options, faults);
        }

        foreach (var reader in readers)
        {
            if (positions.TryGetValue(reader.Input.Path, out var position))
                reader.SkipTo(position);
        }

        return readers;
    }

    private static List<PartitionReader> OpenAll(FileSourceOptions options, IEnumerable<string> known)
    {
        var faults = known.ToList();
        if (faults.Count > 0)
            throw new FileSourceException(faults);

        var readers = options.Paths
            .Select(path => FileOpening.TryOpen(path, options, faults))
            .OfType<PartitionReader>()
            .ToList();
        if (faults.Count == 0)
            return readers;
        readers.ForEach(reader => reader.Input.Dispose());
        throw new FileSourceException(faults);
    }
}
