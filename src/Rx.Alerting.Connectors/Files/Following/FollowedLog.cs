using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>One partition: a log, which is one file after the other.</summary>
/// <remarks>
/// The file is kept open, so that renaming, deleting or compressing it takes nothing away. At its end, and not more often than
/// every <see cref="FollowOptions.PollInterval"/>, is looked whether it has grown, was cut off, or has another file behind it that somebody has
/// written to. Such a file is left when it has been quiet for <see cref="FollowOptions.RotationWait"/>; then its last line counts also without an
/// end. What fails is tried again from the position, as after a restart.
/// </remarks>
/// <param name="log">Its files.</param>
/// <param name="name">The partition's: its path, or another spelling that a checkpoint knows it by.</param>
/// <param name="position">Where to read on; null: nothing is known of the log.</param>
/// <param name="start">Where to begin if nothing is known.</param>
/// <param name="inFolder">It is in a folder that is followed, so it finishes when it is deleted.</param>
/// <param name="isOthers">Whether a file is read as a part of another log.</param>
/// <param name="context">What all logs use.</param>
internal sealed class FollowedLog(
    LogFiles log, string name, LogPosition? position, StartAt start, bool inFolder, Func<FoundFile, bool> isOthers, FollowContext context) : IDisposable
{
    private readonly FollowOptions options = context.Options;
    private readonly CurrentFile file = new(log, position, start, inFolder, isOthers, context);
    private readonly Idleness idleness = new(context);
    private long? looked;
    private long? rotatedSince;
    private bool failing;

    internal string Name => name;

    internal string Path => log.Path;

    /// <summary>Why it has finished without being read; null: that is not so.</summary>
    internal Refusal? Refused { get; private set; }

    internal bool Finished { get; private set; }

    internal bool IsAnnounced => idleness.Told is not null;

    /// <summary>When to look again; zero or less: now.</summary>
    internal TimeSpan Due => looked is { } last ? options.PollInterval - context.Time.GetElapsedTime(last) : TimeSpan.Zero;

    /// <inheritdoc cref="CurrentFile.Owns"/>
    internal bool Owns(FoundFile found) => file.Owns(found);

    /// <summary>What makes it impossible to begin, for people; null: nothing does.</summary>
    internal Refusal? Prepare()
    {
        try
        {
            if (file.TryOpen())
                return file.Begin() is { } unfit ? new(unfit, MayPass: false) : null;
            return !inFolder && FileStatus.IsOther(Path) ? new("is a pipe, a socket or a device; only files are followed", MayPass: false) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or RenamedException)
        {
            // It was renamed just now; the first look will find it.
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

    /// <summary>Says that there is such a partition.</summary>
    internal void Announce(ViewBatch batch) => Tell(batch, PartitionStatus.Active);

    /// <summary>Says that the log is not idle while it may not be read; false if that is known.</summary>
    internal bool TryHold(ViewBatch batch)
    {
        if (!idleness.TryHold())
            return false;
        batch.Clear();
        Tell(batch, PartitionStatus.Active);
        return true;
    }

    /// <summary>Fills a batch with views, or says that there are none; false if there is nothing new to tell.</summary>
    /// <exception cref="FileSourceException">A person has to decide.</exception>
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

    private PartitionStatus? Look(ViewBatch batch)
    {
        looked = null;
        try
        {
            var status = Step(batch);
            if (failing)
                FollowLog.ReadableAgain(context.Logger, Path);
            failing = false;
            return status;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            batch.Clear();
            Wait();
            if (e is RenamedException or FileNotFoundException)
                return null;
            if (!failing)
            {
                FollowLog.Unreadable(context.Logger, Path, e.Message, options.PollInterval);
                context.Counters.Unread();
            }

            failing = true;
            return idleness.Wake();
        }
    }

    private PartitionStatus? Step(ViewBatch batch)
    {
        if (file.Deleted)
            return PartitionStatus.Finished;
        if (!file.TryOpen())
            return file.Deleted ? null : Rest();
        try
        {
            if (file.Begin() is { } refusal)
                return Refuse(refusal);
            if (!file.CheckIntact())
                return null;
            if (file.Fill(batch))
            {
                idleness.End();
                rotatedSince = null;
                return PartitionStatus.Active;
            }
        }
        catch (IOException)
        {
            file.Lose();
            throw;
        }

        return file.AtEnd switch
        {
            FileEnd.Quiet => Rest(),
            FileEnd.Rotated => WaitForWriters(),
            FileEnd.Left => file.MoveOn() ? PartitionStatus.Active : file.Deleted ? PartitionStatus.Finished : Rest(),
            _ => null,
        };
    }

    private PartitionStatus? WaitForWriters()
    {
        rotatedSince ??= context.Time.GetTimestamp();
        if (context.Time.GetElapsedTime(rotatedSince.Value) < options.RotationWait)
            Wait();
        else
            file.Close();
        return idleness.Wake();
    }

    private PartitionStatus? Rest()
    {
        Wait();
        return idleness.Rest();
    }

    private PartitionStatus? Refuse(string refusal)
    {
        if (!inFolder)
            throw new FileSourceException([$"{Path}: {refusal}"]);
        Refused = new(refusal, MayPass: false);
        return PartitionStatus.Finished;
    }

    private void Wait() => looked = context.Time.GetTimestamp();
}
