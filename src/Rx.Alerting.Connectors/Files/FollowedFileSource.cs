using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Files.Following;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// Views from files that grow, as <c>tail -F</c> gives lines: each log a partition named by its path, through all its rotations. A
/// position is the file's identity, which stays with it when it is renamed, a checksum of what was read of it, and an offset.
/// </summary>
/// <remarks>
/// A log that is there under several names is one partition, and keeps its name in the checkpoint when it is given under another one. A file in whose place
/// a longer copy is put goes on in the copy; where what was read differs in it, it is another file.
/// Rotation by renaming and by copying and cutting off are both followed, also over several rotations at once and while nobody reads, as long as the rotated
/// files are in the log's folder, or in that of a symbolic link's target; compressed by gzip, too. NULs in text are passed over: cutting a log off leaves them under a writer that keeps its offset. Only whole records count. A reading never completes, as a file may always grow; it fails with a
/// <see cref="FileSourceException"/> when a person has to decide. Files are polled, not watched: that works on network drives, and has no limit
/// of the system's.
/// </remarks>
public sealed class FollowedFileSource : IViewSource
{
    private readonly FollowContext context;

    /// <summary>No file is looked at before reading starts.</summary>
    /// <exception cref="FileSourceException">Options have faults; all are named.</exception>
    public FollowedFileSource(FollowOptions options, TimeProvider time, ILogger<FollowedFileSource> logger)
    {
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new FileSourceException(faults);
        context = new(options, time, logger, Counters);
    }

    public FollowCounters Counters { get; } = new();

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

        return faults.Count == 0 ? new FollowReading(parsed, gate, context) : throw new FileSourceException(faults);
    }
}
