using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Finds and opens the file, and looks what is behind its end.</summary>
internal sealed partial class CurrentFile
{
    /// <summary>Opens the file of the position. If it is gone, opens the file that has the log's name. False if there is no file.</summary>
    /// <exception cref="FileSourceException">The file of the position is gone, and the options say to fail.</exception>
    internal bool TryOpen()
    {
        if (file is not null)
            return true;

        if (position is { IsNone: false } wanted && log.Locate(wanted) is { } found)
            return Open(found, wanted, grows: !found.IsCopy, () => log.Locate(wanted));
        // Not the file that has the log's name: since the look that found nothing, an older file may have been renamed, and this file may
        // have come.
        if (position is null && start == StartAt.Earliest)
            return OpenOldest() || (log.All().Count == 0 && Miss());
        if (log.Live() is not { } live || isOthers(new(log.Path, live)))
            return Miss();
        if (absence.IsKnown && position is { IsNone: true })
            return OpenOldest();
        if (position is { IsNone: false } gone)
        {
            if (log.LiveBeginsLike(gone))
                Losses.Truncated(context, log.Path, gone.Offset);
            else
                Losses.Gap(context, log.Path, gone);
            position = FilePosition.None;
        }

        return Take(OpenedFile.Open(log.Path, position is null && start == StartAt.Latest ? null : 0, grows: true, options));
    }

    private FileEnd BehindOpen()
    {
        if (log.IsLive(file!.Live!, file.Status.Inode))
            return FileEnd.Quiet;
        if (InFile.Content is null && log.LiveBeginsLike(InFile))
            position = InFile with { Content = file.Live!.ReadContentTo(InFile.Offset) };
        if (log.LiveCopy(InFile) is { } replacement)
            return GoOnIn(replacement, () => log.LiveCopy(InFile)) ? FileEnd.LookAgain : FileEnd.Quiet;
        if (log.Locate(InFile) is { } found && found.Status.Id != file.Status.Id && GoOnIn(found, () => log.Locate(InFile)))
            return FileEnd.LookAgain;
        if (Next() is { } next)
            return next.HasContent ? FileEnd.Rotated : FileEnd.Quiet;
        if (!inFolder || log.Live() is not null || !absence.IsForEver(file.Live!, InFile))
            return FileEnd.Quiet;
        removed = true;
        SetComplete();
        return FileEnd.LookAgain;
    }

    /// <summary>Goes on in a copy of the file, if the copy is longer.</summary>
    private bool GoOnIn(FoundFile copy, Func<FoundFile?> again)
    {
        if (!log.IsLonger(copy, file!.Live!.Length!.Value))
            return false;
        Open(copy, InFile, grows: !RotationName.IsCompressed(copy.Path), again);
        FollowLog.Replaced(context.Logger, log.Path, copy.Path, InFile.Offset);
        return true;
    }

    private bool OpenOldest() => Oldest() is { } oldest && Open(oldest, Oldest);

    private Successor? Oldest() => log.Behind(FilePosition.None, 0, finished, isOpen: false);

    private bool Miss()
    {
        Deleted = absence.Miss(inFolder, ref position);
        return false;
    }

    private Successor? Next()
    {
        var written = file!.Live is { } live ? live.Status(options.HasInodes).Written : file.Status.Written;
        return log.Behind(InFile, written, finished, isOpen: true) is { } next && !isOthers(next.File) ? next : null;
    }

    private bool Open(Successor next, Func<Successor?> again)
    {
        Open(next.File, null, next.MayGrow, () => again()?.File);
        foreach (var file in next.Unreadable)
            Losses.Unreadable(context, file.Path);
        return true;
    }

    /// <summary>Opens a found file at a position, or at its beginning.</summary>
    /// <param name="found">The file.</param>
    /// <param name="at">The position. Null: the beginning.</param>
    /// <param name="grows">Whether somebody may still write to the file.</param>
    /// <param name="again">
    /// Looks for the file once more. Before it was open, another file may have got its path, and even its inode. An open file keeps its
    /// inode, so this look tells them apart.
    /// </param>
    /// <exception cref="RenamedException">Another file was opened.</exception>
    private bool Open(FoundFile found, FilePosition? at, bool grows, Func<FoundFile?> again)
    {
        var opened = OpenedFile.Open(found.Path, at?.Offset ?? 0, grows, options, at?.Content);
        try
        {
            if (again() is not { } file || file.Status.Id != opened.Status.Id)
                throw new RenamedException(found.Path);
        }
        catch
        {
            opened.Dispose();
            throw;
        }

        return Take(opened);
    }

    private bool Take(OpenedFile opened)
    {
        file?.Dispose();
        file = opened;
        position = opened.Position;
        removed = broken = isOpeningLogged = false;
        absence.End();
        log.Remember();
        return true;
    }
}
