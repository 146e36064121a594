namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Tells a log that has no file yet, or no file right now, from a log that was deleted.</summary>
internal sealed class Absence(LogFiles log, FinishedFiles finished, LogPosition? known, FollowContext context)
{
    /// <summary>The log was deleted. It is kept, because only its position knows that some files have been read.</summary>
    private bool kept = known is { File.IsNone: true, Finished.Count: > 0 };
    private bool missed;

    /// <summary>Whether no file had the log's name at the latest look.</summary>
    internal bool IsKnown { get; private set; }

    /// <summary>A file has been found.</summary>
    internal void End() => IsKnown = missed = kept = false;

    /// <summary>Whether the open file has been deleted, and nothing needs the log any more.</summary>
    internal bool IsForEver(LiveFile file, FilePosition position)
    {
        if (!file.Status(context.Options.HasInodes).HasName)
            return !finished.AreThere();

        // A look can miss a file that is being renamed. So a file is gone only if two looks miss it.
        var before = missed;
        missed = log.FolderHasFiles() && log.Locate(position) is null;
        return before && missed && !finished.AreThere();
    }

    /// <summary>No file has the log's name. True if the log was deleted, and nothing needs the log any more.</summary>
    internal bool Miss(bool inFolder, ref FilePosition? position)
    {
        if (!IsKnown)
        {
            FollowLog.Missing(context.Logger, log.Path, FileStatus.WhyNone(log.Path));

            // Files that are there now are old. Files that are rotated away from now on are new.
            finished.AddOlder(log.All());
        }

        IsKnown = true;
        if (inFolder && position is { IsNone: false } gone && log.FolderHasFiles())
        {
            Losses.Deleted(context, log.Path, gone);
            position = FilePosition.None;
            kept = true;
        }

        position ??= FilePosition.None;
        return kept && !finished.AreThere();
    }
}
