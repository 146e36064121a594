using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>What happens if views are lost, or may be lost: count, log, or fail.</summary>
internal static class Losses
{
    /// <summary>The file of a position is gone, and another file has the log's name.</summary>
    /// <exception cref="FileSourceException">The options say to fail.</exception>
    internal static void Gap(FollowContext context, string log, FilePosition gone)
    {
        if (context.Options.OnGap == OnGap.Fail)
        {
            throw new FileSourceException(
                [
                    $"{log}: the file of the checkpoint's position {gone} is gone; "
                    + "set Follow:OnGap to skip to read the one that is there from its beginning",
                ]);
        }

        context.Counters.Gap();
        FollowLog.Gap(context.Logger, log, gone.ToString());
    }

    /// <summary>The file of a position is gone, and no file has the log's name. Logs end like this, so nobody has to decide.</summary>
    internal static void Deleted(FollowContext context, string log, FilePosition gone)
    {
        context.Counters.Gap();
        FollowLog.DeletedUnread(context.Logger, log, gone.ToString());
    }

    /// <summary>The next file is compressed in a way that cannot be read.</summary>
    /// <exception cref="FileSourceException">The options say to fail.</exception>
    internal static void Unreadable(FollowContext context, string file)
    {
        if (context.Options.OnGap == OnGap.Fail)
        {
            throw new FileSourceException(
                [$"{file}: is compressed in a way that is not read here; decompress it, or set Follow:OnGap to skip to go on behind it"]);
        }

        context.Counters.Gap();
        FollowLog.CompressedUnread(context.Logger, file);
    }

    /// <summary>A file was truncated, and there is no copy of its content.</summary>
    internal static void Truncated(FollowContext context, string log, long offset)
    {
        context.Counters.Truncate();
        FollowLog.Truncated(context.Logger, log, offset);
    }

    /// <summary>The rest of a file cannot be read.</summary>
    internal static void Broken(FollowContext context, SourceProblem problem)
    {
        context.Counters.Unread();
        FollowLog.Broken(context.Logger, problem.File, problem.Message);
    }
}
