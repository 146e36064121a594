namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Tells a log that is not there yet, or just now, from one that was deleted.</summary>
internal sealed class Absence(LogFiles log, LeftFiles left, LogPosition? known, FollowContext context)
{
    /// <summary>The log was deleted, and is kept for files that only it knows to be read.</summary>
    private bool kept = known is { File.IsNone: true, Left.Count: > 0 };
    private bool missed;

    /// <summary>No file had the log's name when one was looked for.</summary>
    internal bool IsKnown { get; private set; }

    /// <summary>A file has been found.</summary>
    internal void End() => IsKnown = missed = kept = false;

    /// <summary>Whether a file that is open has been deleted, and nothing needs the log any more.</summary>
    internal bool IsForEver(LiveFile file, FilePosition position)
    {
        if (!file.Status(context.Options.HasInodes).HasName)
            return !left.AreThere();

        // A file can be missed while it is renamed: it is gone if it is missed twice.
        var before = missed;
        missed = log.FolderHasFiles() && log.Locate(position) is null;
        return before && missed && !left.AreThere();
    }

    /// <summary>No file is there; true if the log was deleted, and nothing needs it any more.</summary>
    internal bool Miss(bool inFolder, ref FilePosition? position)
    {
        if (!IsKnown)
        {
            FollowLog.Missing(context.Logger, log.Path, FileStatus.WhyNone(log.Path));

            // Whatever is rotated away from now on has come since.
            left.AddOlder(log.All());
        }

        IsKnown = true;
        if (inFolder && position is { IsNone: false } gone && log.FolderHasFiles())
        {
            Losses.Deleted(context, log.Path, gone);
            position = FilePosition.None;
            kept = true;
        }

        position ??= FilePosition.None;
        return kept && !left.AreThere();
    }
}
