using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The file of a log that is being read now, and the step to the next file.</summary>
internal sealed partial class CurrentFile : IDisposable
{
    private readonly LogFiles log;
    private readonly bool inFolder;
    private readonly Func<FoundFile, bool> isOthers;
    private readonly FollowContext context;
    private readonly FollowOptions options;
    private readonly FinishedFiles finished;
    private readonly Absence absence;
    private readonly StartAt start;
    private FilePosition? position;
    private RecordFormat? format;
    private OpenedFile? file;
    private bool removed, broken, isOpeningLogged;

    /// <param name="log">The files of the log.</param>
    /// <param name="known">Where to read on. Null if the checkpoint does not know the log.</param>
    /// <param name="start">Where to begin if the checkpoint does not know the log.</param>
    /// <param name="inFolder">Whether the log was found in a followed folder.</param>
    /// <param name="isOthers">Whether a file is read as a part of another log. Such a file is not read here.</param>
    /// <param name="context">Options, clock, log and counters.</param>
    internal CurrentFile(
        LogFiles log,
        LogPosition? known,
        StartAt start,
        bool inFolder,
        Func<FoundFile, bool> isOthers,
        FollowContext context)
    {
        (this.log, this.inFolder, this.isOthers, this.context, options) = (log, inFolder, isOthers, context, context.Options);
        (position, this.start) = (known?.File, known is null ? start : StartAt.Beginning);
        finished = new(log, known?.Finished ?? []);
        absence = new(log, finished, known, context);
        format = options.Format;
    }

    /// <summary>Where to read on.</summary>
    internal LogPosition Position => new(InFile, inFolder ? finished.Unnamed : []);

    /// <summary>Whether the log was deleted, and all of it has been read.</summary>
    internal bool Deleted { get; private set; }

    /// <summary>Bytes of the open file that are not read yet. Null: no file is open, or its length is not known.</summary>
    internal long? BytesLeft
    {
        get
        {
            try
            {
                return file?.Live is { Length: { } length } live ? Math.Max(0, length - (file.Reader?.Position ?? live.BytesRead)) : null;
            }
            catch (IOException)
            {
                return null; // The next look tells that the file cannot be read.
            }
        }
    }

    internal FileEnd AtEnd => file!.Input.MayGrow ? BehindOpen() : FileEnd.Finished;

    private FilePosition InFile => position ?? FilePosition.None;

    /// <summary>Whether a file is or was one of the log's.</summary>
    /// <inheritdoc cref="FinishedFiles.Contains"/>
    internal bool Owns(FoundFile found)
    {
        if (found.Status.Id is not { } id)
            return false;
        return file?.Status.Id == id
            || (file is null && position is { } wanted && wanted.HasNumberOf(found.Status) && log.Is(found, wanted))
            || finished.Contains(found);
    }

    /// <summary>Makes the reader as soon as the first record tells the format. Gives why the file cannot be read; null if it can.</summary>
    internal string? Begin()
    {
        if (file is null || file.Reader is not null)
            return null;
        file.Begin(ref format, out var refusal);
        if (refusal is null && !isOpeningLogged)
            FollowLog.Opened(context.Logger, file.Input.Path, InFile.Offset);
        isOpeningLogged = true;
        return refusal;
    }

    /// <summary>
    /// Whether the bytes that were read are still in the file. If not, the file was truncated or written anew: goes on in the copy that was
    /// made before, or at the beginning.
    /// </summary>
    internal bool CheckIntact()
    {
        if (file!.Live is not { } live || live.Length == live.BytesRead || live.IsIntact())
            return true;
        if (log.Locate(InFile, changed: true) is { } found)
        {
            // All whole records are there. Only bytes behind them may have been cut off, and those have not counted yet.
            if (found.IsCopy)
            {
                context.Counters.Truncate();
                FollowLog.Copied(context.Logger, log.Path, found.Path);
            }

            Open(found, InFile, grows: !found.IsCopy, () => log.Locate(InFile, changed: true));
        }
        else
        {
            Losses.Truncated(context, log.Path, live.BytesRead);
            position = FilePosition.None;
            Take(OpenedFile.Open(log.Path, 0, grows: true, options));
        }

        return false;
    }

    /// <summary>Fills a batch. False if there was nothing to read.</summary>
    internal bool Fill(ViewBatch batch)
    {
        if (format is { } known)
            file!.PassHole(known);
        if (file!.Reader is not { Finished: false } reader)
            return false;
        var (offset, records) = (reader.Position, reader.Records);
        reader.Fill(batch);
        if (file.Input.Problem is { } problem && !broken)
        {
            broken = true;
            Losses.Broken(context, problem);
        }

        if (reader.Position == offset && reader.Records == records)
            return false;
        position = file.Position;
        return true;
    }

    /// <summary>Nothing will be written to the file any more.</summary>
    internal void SetComplete() => file!.Live?.SetComplete();

    /// <summary>Goes on in the next file of the log. False if there is none now.</summary>
    internal bool MoveOn()
    {
        if (Next() is not { } next)
        {
            Deleted = removed;
            if (removed)
                FollowLog.Deleted(context.Logger, log.Path);
            return false;
        }

        var end = InFile;
        var isWrittenAnew = next.File.Path == log.Path
            && file!.Live?.Status(options.HasInodes).HasName == false
            && log.LiveBeginsLike(end);
        Open(next, Next);
        finished.Add(end);
        if (isWrittenAnew)
        {
            Losses.Truncated(context, log.Path, end.Offset);
            return true;
        }

        context.Counters.Rotate();
        FollowLog.Rotated(context.Logger, log.Path, next.File.Path);
        return true;
    }

    /// <summary>Closes the file after a failure. The next look opens it again, at the position.</summary>
    internal void CloseToReopen()
    {
        file?.Dispose();
        file = null;
    }

    public void Dispose() => file?.Dispose();
}
