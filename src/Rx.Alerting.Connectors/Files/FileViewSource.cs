using System.Globalization;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// Views from files, each a partition named by its path, merged by event time. A position is the offset in the decompressed
/// bytes, in decimal.
/// </summary>
/// <remarks>
/// Every record is counted exactly once, as a view or as rejected. A file that cannot be read to its end keeps what came
/// before, finishes, and appears in <see cref="Problems"/>.
/// </remarks>
public sealed class FileViewSource : IViewSource, IDisposable
{
    private readonly FileSourceOptions options;
    private readonly IReadOnlyList<PartitionReader> readers;
    private int reading;

    private FileViewSource(FileSourceOptions options, IReadOnlyList<PartitionReader> readers)
    {
        this.options = options;
        this.readers = readers;
    }

    /// <summary>How far reading is; may be asked from any thread.</summary>
    public FileSourceProgress Progress => new(
        readers.Sum(reader => reader.Input.BytesRead),
        readers.All(reader => reader.Input.Length is not null) ? readers.Sum(reader => reader.Input.Length) : null,
        readers.Sum(reader => reader.Records));

    /// <summary>What could not be read, in the order of the paths. Final when reading has completed.</summary>
    public IReadOnlyList<SourceProblem> Problems => [.. readers.Select(reader => reader.Input.Problem).OfType<SourceProblem>()];

    /// <summary>Opens all files and tells their formats; nothing is decoded yet.</summary>
    /// <exception cref="FileSourceException">Options or files have faults; all are named.</exception>
    public static FileViewSource Open(FileSourceOptions options)
    {
        var faults = options.Validate().ToList();
        if (faults.Count > 0)
            throw new FileSourceException(faults);

        var readers = options.Paths.Select(path => FileOpening.TryOpen(path, options, faults)).OfType<PartitionReader>().ToList();
        if (faults.Count == 0)
            return new(options, readers);
        readers.ForEach(reader => reader.Input.Dispose());
        throw new FileSourceException(faults);
    }

    /// <summary>Can be subscribed to once, as the standard input can be read once.</summary>
    /// <inheritdoc/>
    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate)
    {
        if (Interlocked.Exchange(ref reading, 1) != 0)
            throw new InvalidOperationException("The files are being read already.");
        foreach (var reader in readers)
        {
            if (positions.TryGetValue(reader.Input.Path, out var position))
                reader.SkipTo(long.Parse(position, CultureInfo.InvariantCulture));
        }

        return new MergedReading(readers, gate, options);
    }

    /// <summary>Closes the files if they were opened and never read; reading closes them by itself.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref reading, 1) != 0)
            return;
        foreach (var reader in readers)
            reader.Input.Dispose();
    }
}
