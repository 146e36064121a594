using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>The file of a log that is being read just now, and the step to the next one.</summary>
internal sealed class CurrentFile : IDisposable
{
    private readonly LogFiles log;
    private readonly bool inFolder;
    private readonly FollowContext context;
    private readonly FollowOptions options;
    private readonly LeftFiles left;
    private readonly Absence absence;
    private readonly FollowStart start;
    private FilePosition? position;
    private FileFormat? format;
    private OpenedFile? file;
    private bool removed, broken;

    internal CurrentFile(LogFiles log, LogPosition? known, FollowStart start, bool inFolder, FollowContext context)
    {
        (this.log, this.inFolder, this.context, options) = (log, inFolder, context, context.Options);
        (position, this.start) = (known?.File, known is null ? start : FollowStart.Beginning);
        left = new(log, known?.Left ?? []);
        absence = new(log, left, known, context);
        format = options.Format == FileFormat.Auto ? null : options.Format;
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
        var inode = found.Status.Inode;
        return inode != 0 && (file?.Status.Inode == inode || (file is null && position?.Inode == inode) || left.Contains(found));
    }

    /// <summary>Opens the file of the position, or the one that has the log's name; false if there is none.</summary>
    /// <exception cref="FileSourceException">The file of the position is gone, and a person has to decide.</exception>
    internal bool TryOpen()
    {
        if (file is not null)
            return true;

        if (position is { IsNone: false } wanted && log.Locate(wanted) is { } found)
            return Open(found.Path, wanted.Offset, grows: !found.IsCopy, found.Status.Inode);
        // Never the file of the log's name itself: it may have come, and an older one been renamed, since nothing was found.
        if (position is null && start == FollowStart.Oldest)
            return OpenOldest() || (log.All().Count == 0 && Miss());
        if (log.Live() is null)
            return Miss();
        if (absence.IsKnown && position is { IsNone: true })
            return OpenOldest();
        if (position is { IsNone: false } gone)
        {
            Losses.Gap(context, log.Path, gone);
            position = FilePosition.None;
        }

        return Open(log.Path, position is null && start == FollowStart.End ? null : 0, grows: true);
    }

    /// <summary>Makes the reader as soon as the first record tells the format; gives why the file cannot be read.</summary>
    internal string? Begin()
    {
        if (file is null || file.Reader is not null)
            return null;
        file.Begin(ref format, out var refusal);
        return refusal;
    }

    /// <summary>Whether what was read is still there; if not, turns to the copy that was made before, or to the beginning.</summary>
    internal bool CheckIntact()
    {
        if (file!.Live is not { } live || live.Length == live.BytesRead || live.IsIntact())
            return true;
        if (log.Locate(InFile) is { } found)
        {
            // Only what followed the last whole record may have been cut off, and is there no more than once.
            if (found.IsCopy)
            {
                context.Counters.Truncate();
                FollowLog.Copied(context.Logger, log.Path, found.Path);
            }

            Open(found.Path, InFile.Offset, grows: !found.IsCopy, found.Status.Inode);
        }
        else
        {
            Losses.Truncated(context, log.Path, live.BytesRead);
            position = FilePosition.None;
            Open(log.Path, 0, grows: true);
        }

        return false;
    }

    /// <summary>Fills a batch; false if there was nothing.</summary>
    internal bool Fill(ViewBatch batch)
    {
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
        Open(next);
        left.Add(end);
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

    private FileEnd BehindOpen()
    {
        if (log.IsLive(file!.Live!, file.Status.Inode))
            return FileEnd.Quiet;
        if (Next() is { } next)
            return next.HasContent ? FileEnd.Rotated : FileEnd.Quiet;
        if (!inFolder || log.Live() is not null || !absence.IsForEver(file.Live!, InFile))
            return FileEnd.Quiet;
        removed = true;
        Close();
        return FileEnd.LookAgain;
    }

    private bool OpenOldest() =>
        log.Behind(FilePosition.None, 0, left, isOpen: false) is { } oldest && Open(oldest);

    private bool Miss()
    {
        Deleted = absence.Miss(inFolder, ref position);
        return false;
    }

    private Successor? Next() =>
        log.Behind(InFile, file!.Live is { } live ? live.Status(options.HasInodes).Written : file.Status.Written, left, isOpen: true);

    private bool Open(Successor next)
    {
        Open(next.File.Path, 0, next.MayGrow, next.File.Status.Inode);
        foreach (var file in next.Unreadable)
            Losses.Unreadable(context, file.Path);
        return true;
    }

    private bool Open(string path, long? offset, bool grows, ulong inode = 0)
    {
        var opened = OpenedFile.Open(path, offset, grows, options);
        if (inode != 0 && opened.Status.Inode != inode)
        {
            opened.Dispose();
            throw new RenamedException(path);
        }

        file?.Dispose();
        file = opened;
        position = opened.Position;
        removed = broken = false;
        absence.End();
        FollowLog.Opened(context.Logger, path, position.Value.Offset);
        return true;
    }
}
