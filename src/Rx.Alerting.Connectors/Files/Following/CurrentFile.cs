using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The file of a log that is being read just now, and the step to the next one.</summary>
internal sealed partial class CurrentFile : IDisposable
{
    private readonly LogFiles log;
    private readonly bool inFolder;
    private readonly Func<FoundFile, bool> isOthers;
    private readonly FollowContext context;
    private readonly FollowOptions options;
    private readonly LeftFiles left;
    private readonly Absence absence;
    private readonly StartAt start;
    private FilePosition? position;
    private RecordFormat? format;
    private OpenedFile? file;
    private bool removed, broken, told;

    /// <param name="log">Its files.</param>
    /// <param name="known">Where to read on; null: nothing is known of the log.</param>
    /// <param name="start">Where to begin if nothing is known.</param>
    /// <param name="inFolder">The log is in a folder that is followed.</param>
    /// <param name="isOthers">Whether a file is read as a part of another log, so that it is not read here.</param>
    /// <param name="context">What all logs use.</param>
    internal CurrentFile(LogFiles log, LogPosition? known, StartAt start, bool inFolder, Func<FoundFile, bool> isOthers, FollowContext context)
    {
        (this.log, this.inFolder, this.isOthers, this.context, options) = (log, inFolder, isOthers, context, context.Options);
        (position, this.start) = (known?.File, known is null ? start : StartAt.Beginning);
        left = new(log, known?.Left ?? []);
        absence = new(log, left, known, context);
        format = options.Format;
    }

    /// <summary>Where to read on.</summary>
    internal LogPosition Position => new(InFile, inFolder ? left.Unnamed : []);

    /// <summary>The file was deleted, and all of it has been read.</summary>
    internal bool Deleted { get; private set; }

    internal FileEnd AtEnd => file!.Input.MayGrow ? BehindOpen() : FileEnd.Left;

    private FilePosition InFile => position ?? FilePosition.None;

    /// <summary>Whether a file is or was one of the log's.</summary>
    /// <inheritdoc cref="LeftFiles.Contains"/>
    internal bool Owns(FoundFile found)
    {
        if (found.Status.Id is not { } id)
            return false;
        return file?.Status.Id == id
            || (file is null && position is { } wanted && wanted.HasNumberOf(found.Status) && log.Is(found, wanted))
            || left.Contains(found);
    }

    /// <summary>Makes the reader as soon as the first record tells the format; gives why the file cannot be read.</summary>
    internal string? Begin()
    {
        if (file is null || file.Reader is not null)
            return null;
        file.Begin(ref format, out var refusal);
        if (refusal is null && !told)
            FollowLog.Opened(context.Logger, file.Input.Path, InFile.Offset);
        told = true;
        return refusal;
    }

    /// <summary>Whether what was read is still there; if not, turns to the copy that was made before, or to the beginning.</summary>
    internal bool CheckIntact()
    {
        if (file!.Live is not { } live || live.Length == live.BytesRead || live.IsIntact())
            return true;
        if (log.Locate(InFile, changed: true) is { } found)
        {
            // Only what followed the last whole record may have been cut off, and is there no more than once.
            if (found.IsCopy)
            {
                context.Counters.Truncate();
                FollowLog.Copied(context.Logger, log.Path, found.Path);
            }

            Open(found, InFile, grows: !found.IsCopy);
        }
        else
        {
            Losses.Truncated(context, log.Path, live.BytesRead);
            position = FilePosition.None;
            Take(OpenedFile.Open(log.Path, 0, grows: true, options));
        }

        return false;
    }

    /// <summary>Fills a batch; false if there was nothing.</summary>
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
    internal void Close() => file!.Live?.Close();

    /// <summary>Turns to the file behind this one; false if it is not there just now.</summary>
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
        var isWrittenAnew = next.File.Path == log.Path && file!.Live?.Status(options.HasInodes).HasName == false && log.LiveBeginsLike(end);
        Open(next);
        left.Add(end);
        if (isWrittenAnew)
        {
            Losses.Truncated(context, log.Path, end.Offset);
            return true;
        }

        context.Counters.Rotate();
        FollowLog.Rotated(context.Logger, log.Path, next.File.Path);
        return true;
    }

    /// <summary>Reading failed: the file is opened anew from the position.</summary>
    internal void Lose()
    {
        file?.Dispose();
        file = null;
    }

    public void Dispose() => file?.Dispose();
}
