using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Events 4200 to 4299.</summary>
internal static partial class FollowLog
{
    [LoggerMessage(4200, LogLevel.Information, "Following {Path} from byte {Offset}")]
    internal static partial void Opened(ILogger logger, string path, long offset);

    [LoggerMessage(4201, LogLevel.Information, "{Path} is {Reason}; it is read as soon as it is there")]
    internal static partial void Missing(ILogger logger, string path, string reason);

    [LoggerMessage(4202, LogLevel.Information, "{Path} was rotated; reading goes on with {Next}")]
    internal static partial void Rotated(ILogger logger, string path, string next);

    [LoggerMessage(4203, LogLevel.Warning,
        "{Path} was cut off or written anew when {Offset} bytes of it had been read; reading starts at its beginning")]
    internal static partial void Truncated(ILogger logger, string path, long offset);

    [LoggerMessage(4204, LogLevel.Information, "{Path} was cut off after it had been copied to {Copy}; the copy is read to its end first")]
    internal static partial void Copied(ILogger logger, string path, string copy);

    [LoggerMessage(4205, LogLevel.Warning,
        "{Path}: the file of the position {Position} is gone, and what came behind it is lost; "
        + "reading starts at the beginning of the file that is there")]
    internal static partial void Gap(ILogger logger, string path, string position);

    [LoggerMessage(4206, LogLevel.Warning,
        "{Path} was deleted while nobody followed it; what came behind the position {Position}, if anything, is lost")]
    internal static partial void DeletedUnread(ILogger logger, string path, string position);

    [LoggerMessage(4207, LogLevel.Information, "{Path} was deleted and has been read to its end")]
    internal static partial void Deleted(ILogger logger, string path);

    [LoggerMessage(4208, LogLevel.Warning,
        "{Path} cannot be read: {Reason}. It is tried again every {Interval}, and event time waits for it")]
    internal static partial void Unreadable(ILogger logger, string path, string reason, TimeSpan interval);

    [LoggerMessage(4209, LogLevel.Information, "{Path} can be read again")]
    internal static partial void ReadableAgain(ILogger logger, string path);

    [LoggerMessage(4210, LogLevel.Error, "{Path}: {Problem}. Reading goes on when the file is rotated or written anew")]
    internal static partial void Broken(ILogger logger, string path, string problem);

    [LoggerMessage(4211, LogLevel.Warning, "{Path} is not followed: {Reason}")]
    internal static partial void Refused(ILogger logger, string path, string reason);

    [LoggerMessage(4212, LogLevel.Warning,
        "{Files} files are followed, which is Follow:MaximumFiles; "
        + "{Path} and others wait until some are deleted, and event time goes on without them")]
    internal static partial void TooMany(ILogger logger, int files, string path);

    [LoggerMessage(4213, LogLevel.Warning, "{Folder} cannot be looked into: {Reason}. It is tried again every {Interval}")]
    internal static partial void FolderUnreadable(ILogger logger, string folder, string reason, TimeSpan interval);

    [LoggerMessage(4214, LogLevel.Information, "{Path} is taken for what {Log} was rotated to, and is not followed by itself")]
    internal static partial void TakenForRotation(ILogger logger, string path, string log);

    [LoggerMessage(4215, LogLevel.Warning,
        "{Path} is compressed in a way that is not read here; its views are lost, and reading goes on behind it")]
    internal static partial void CompressedUnread(ILogger logger, string path);

    [LoggerMessage(4216, LogLevel.Warning,
        "{Path} is not in Follow:Paths any more; its position is kept, and event time goes on without it")]
    internal static partial void NotConfigured(ILogger logger, string path);

    [LoggerMessage(4217, LogLevel.Information, "{Path} is the same as {Log}; it is read once, as {Log}")]
    internal static partial void SameFile(ILogger logger, string path, string log);

    [LoggerMessage(4218, LogLevel.Information,
        "{Path} is read on where {Log} was, which is another name of it in the checkpoint, and keeps that name")]
    internal static partial void KnownAs(ILogger logger, string path, string log);

    [LoggerMessage(4219, LogLevel.Information,
        "{Path} was replaced by a longer copy of itself; reading goes on with {Copy} at byte {Offset}")]
    internal static partial void Replaced(ILogger logger, string path, string copy, long offset);

    [LoggerMessage(4220, LogLevel.Warning, "{Path}: no file there is followed yet; each is as soon as it comes")]
    internal static partial void NoFileYet(ILogger logger, string path);
}
