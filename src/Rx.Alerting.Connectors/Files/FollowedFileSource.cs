using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Files.Following;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// Views from files that grow, as <c>tail -F</c> gives lines. Each log is a partition, named by its path, through all its rotations. A
/// position is the file's identity, which stays when the file is renamed, a checksum of the bytes that were read, and an offset.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>A log that has several names is one partition. It keeps its name in the checkpoint when it is given under another name.</item>
/// <item>If a file is replaced by a longer copy, reading goes on in the copy. If the bytes that were read differ, the copy is another
/// file.</item>
/// <item>Two kinds of rotation are followed: to rename the file, and to copy and truncate it. Several rotations at once, and rotations
/// while nobody reads, are followed, too.</item>
/// <item>Rotated files must be in the folder of the log, or in the folder of a symbolic link's target. They may be compressed by
/// gzip.</item>
/// <item>NULs in text are passed over. They come to be when a log is truncated and its writer keeps its offset.</item>
/// <item>Only whole records count.</item>
/// <item>A reading never completes, because a file may always grow. A reading fails with a <see cref="FileSourceException"/> when a person
/// has to decide.</item>
/// <item>Files are polled, not watched. Polling works on network drives, and the system does not limit it.</item>
/// </list>
/// </remarks>
public sealed class FollowedFileSource : IViewSource
{
    private readonly FollowContext context;
    private FollowReading? reading;

    /// <summary>Checks the options. No file is looked at before reading starts.</summary>
    /// <exception cref="FileSourceException">Options have faults. The message names all of them.</exception>
    public FollowedFileSource(FollowOptions options, TimeProvider time, ILogger<FollowedFileSource> logger)
    {
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new FileSourceException(faults);
        context = new(options, time, logger, Counters);
    }

    public FollowCounters Counters { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<PartitionProgress> Progress => Volatile.Read(ref reading)?.Progress ?? [];

    /// <inheritdoc/>
    public IReadOnlyList<SourceCount> Counts => Counters.All;

    /// <inheritdoc/>
    public string Beginning => context.Options.StartAt switch
    {
        StartAt.Beginning => "the files are read again from their beginning, without those that were rotated away",
        StartAt.Earliest => "the files are read again from the oldest that was rotated away and is still there",
        _ => "reading goes on at the end of the files: what is in them is not read again",
    };

    /// <exception cref="FileSourceException">A position is not one of this source's.</exception>
    /// <inheritdoc/>
    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate)
    {
        var parsed = new Dictionary<string, LogPosition>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (log, text) in positions)
        {
            if (LogPosition.TryParse(text, out var position))
                parsed.Add(log, position);
            else
                faults.Add($"{log}: \"{text}\" is no position in a file that is followed; the checkpoint is of another source.");
        }

        if (faults.Count > 0)
            throw new FileSourceException(faults);
        var started = new FollowReading(parsed, gate, context);
        Volatile.Write(ref reading, started);
        return started;
    }
}
