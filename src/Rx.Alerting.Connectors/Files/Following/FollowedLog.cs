using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>One partition: a log, whose files are read one after the other.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>The file is kept open, so nothing is lost if it is renamed, deleted or compressed.</item>
/// <item>At the end of the file, every <see cref="FollowOptions.PollInterval"/>, is looked whether it has grown, was truncated, or has a
/// next file that somebody has written to.</item>
/// <item>If there is a next file, reading goes on there when this file has been quiet for <see cref="FollowOptions.RotationWait"/>. Then
/// the last line of this file counts even without a line end.</item>
/// <item>After a failure, the file is read again from the position, as after a restart.</item>
/// </list>
/// </remarks>
/// <param name="log">The files of the log.</param>
/// <param name="name">The partition's name: the path of the log, or another spelling that the checkpoint has.</param>
/// <param name="position">Where to read on. Null if the checkpoint does not know the log.</param>
/// <param name="start">Where to begin if the checkpoint does not know the log.</param>
/// <param name="inFolder">Whether the log was found in a followed folder. Then it finishes when it is deleted.</param>
/// <param name="isOthers">Whether a file is read as a part of another log.</param>
/// <param name="context">Options, clock, log and counters.</param>
internal sealed partial class FollowedLog(
    LogFiles log,
    string name,
    LogPosition? position,
    StartAt start,
    bool inFolder,
    Func<FoundFile, bool> isOthers,
    FollowContext context) : IDisposable
{
    private readonly FollowOptions options = context.Options;
    private readonly CurrentFile file = new(log, position, start, inFolder, isOthers, context);
    private readonly Idleness idleness = new(context);
    private long? looked;
    private long? rotatedSince;
    private bool failing;

    internal string Name => name;

    internal string Path => log.Path;

    /// <summary>Why the log cannot be followed and has finished. Null if it can be followed.</summary>
    internal Refusal? Refused { get; private set; }

    internal bool Finished { get; private set; }

    /// <summary>How much of the open file has yet to be read, and whether the gate is closed.</summary>
    internal PartitionProgress Progress => new(Name) { LagBytes = file.BytesLeft, IsPaused = IsPaused };

    /// <summary>Whether the gate was closed when it was asked last.</summary>
    internal bool IsPaused { get; set; }

    internal bool IsAnnounced => idleness.Told is not null;

    /// <summary>How long until the next look. Zero or less: now.</summary>
    internal TimeSpan Due => looked is { } last ? options.PollInterval - context.Time.GetElapsedTime(last) : TimeSpan.Zero;

    /// <inheritdoc cref="CurrentFile.Owns"/>
    internal bool Owns(FoundFile found) => file.Owns(found);

    /// <summary>Opens the file. Gives why the log cannot be followed; null if it can.</summary>
    internal Refusal? Prepare()
    {
        try
        {
            if (file.TryOpen())
                return file.Begin() is { } unfit ? new(unfit, MayPass: false) : null;
            return !inFolder && FileStatus.IsOther(Path)
                ? new("is a pipe, a socket or a device; only files are followed", MayPass: false)
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or RenamedException)
        {
            // The file was renamed a moment ago. The first look will find it.
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return new("no permission to read it", MayPass: true);
        }
        catch (IOException e)
        {
            return new($"cannot be opened: {e.Message}", MayPass: true);
        }
    }

    /// <summary>Makes the batch say that the partition exists.</summary>
    internal void Announce(ViewBatch batch) => Tell(batch, PartitionStatus.Active);

    /// <summary>Makes the batch say that the log is not idle, because its gate is closed. False if that was said already.</summary>
    internal bool TryHold(ViewBatch batch)
    {
        if (!idleness.TryHold())
            return false;
        batch.Clear();
        Tell(batch, PartitionStatus.Active);
        return true;
    }

    /// <summary>Fills a batch with views, or makes the batch say that there are none. False if there is nothing new to say.</summary>
    /// <exception cref="FileSourceException">Something that a person has to decide.</exception>
    internal bool TryFill(ViewBatch batch)
    {
        if (Finished || Due > TimeSpan.Zero)
            return false;
        batch.Clear();
        if (Look(batch) is not { } status)
            return false;
        Tell(batch, status);
        return true;
    }

    public void Dispose() => file.Dispose();

    private void Tell(ViewBatch batch, PartitionStatus status)
    {
        if (status != PartitionStatus.Active || !IsAnnounced)
            batch.Clear();
        Finished = status == PartitionStatus.Finished;
        batch.Partition = Name;
        batch.Position = Finished ? null : file.Position.ToString();
        batch.Status = status;
        idleness.Told = status;
    }
}
