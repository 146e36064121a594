using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Finds new logs in a folder.</summary>
/// <remarks>
/// These files are not logs:
/// <list type="bullet">
/// <item>hidden and compressed files;</item>
/// <item>files that belong to a log that is read, because the log was renamed to them;</item>
/// <item>files whose name says that a log in the same folder was rotated to them.</item>
/// </list>
/// </remarks>
/// <param name="path">The folder, without a separator at its end.</param>
/// <param name="pattern">Which files to follow. Null: all.</param>
/// <param name="context">Options, clock, log and counters.</param>
internal sealed class FollowedFolder(string path, FilePattern? pattern, FollowContext context)
{
    private readonly bool inodes = context.Options.HasInodes;
    private readonly FileContents contents = new(context.Options);
    private readonly Dictionary<string, (FileStatus Status, ulong Head, Refusal Refusal)> refused = [];
    private readonly HashSet<string> rotations = [];
    private bool failing, empty;

    /// <summary>Whether a file is hidden or compressed.</summary>
    internal static bool IsPassedOver(string file) => System.IO.Path.GetFileName(file)[0] == '.' || RotationName.IsCompressed(file);

    internal string Path => path;

    /// <summary>Whether this is the given folder, in any spelling, and all its files are followed.</summary>
    internal bool IsAt(string folder) => pattern is null && IsHere(folder);

    /// <summary>Whether a path is in this folder, in any spelling, and is to be followed. There need not be a file any more.</summary>
    internal bool Holds(string file) => pattern?.Matches(file) != false && IsHere(LogPlace.Of(file).Folder);

    /// <summary>The file cannot be followed. It is not offered again until it is another file, unless the refusal may pass.</summary>
    internal void Refuse(string file, Refusal refusal)
    {
        var known = refused.TryGetValue(file, out var before) && before.Refusal == refusal;
        refused[file] = (FileStatus.Of(file, inodes) ?? default, HeadOf(file), refusal);
        if (known)
            return;
        FollowLog.Refused(context.Logger, file, refusal.Reason);
        context.Counters.Unread();
    }

    /// <summary>The file is a log.</summary>
    internal void Accept(string file) => refused.Remove(file);

    /// <summary>Finds the paths of files that may be logs, by name: first files, then symbolic links.</summary>
    internal IReadOnlyList<string> Find(IReadOnlyList<FollowedLog> followed)
    {
        var files = List();
        rotations.IntersectWith(files);
        var known = followed.Select(log => log.Path).ToHashSet(StringComparer.Ordinal);
        var here = known.Where(Holds).ToList();
        var found = new List<string>();
        foreach (var file in files.Where(file => !known.Contains(file) && !rotations.Contains(file)))
        {
            if (FileStatus.Of(file, inodes) is not { } status || IsRefused(file, status))
                continue;
            if (files.Concat(here).FirstOrDefault(log => log != file && IsRotation(log, file)) is not { } log)
            {
                found.Add(file);
                continue;
            }

            rotations.Add(file);
            if (!followed.Any(other => MayOwn(other, new(file, status))))
                FollowLog.TakenForRotation(context.Logger, file, log);
        }

        Tell(found.Count == 0 && here.Count == 0);
        return [.. found.OrderBy(file => new FileInfo(file).LinkTarget is not null).ThenBy(file => file, StringComparer.Ordinal)];
    }

    /// <summary>Whether a file is read as a part of a log. True, too, if that cannot be seen now: the file will be offered again.</summary>
    internal static bool MayOwn(FollowedLog log, FoundFile file)
    {
        try
        {
            return log.Owns(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static bool IsRotation(string log, string file) =>
        RotationName.TryParse(System.IO.Path.GetFileName(log), System.IO.Path.GetFileName(file), out _);

    private bool IsHere(string folder) =>
        folder == path
        || System.IO.Path.GetFullPath(folder) == System.IO.Path.GetFullPath(path)
        || (FileStatus.OfFolder(folder, inodes) is { } id && id == FileStatus.OfFolder(path, inodes));

    private bool IsRefused(string file, FileStatus status)
    {
        if (!refused.TryGetValue(file, out var before) || before.Refusal.MayPass)
            return false;
        if (status.Id != before.Status.Id || status.Born != before.Status.Born || status.Length < before.Status.Length)
            return false;

        // Only the beginning of a file tells what it is, so appended bytes change nothing.
        return status == before.Status || HeadOf(file) == before.Head;
    }

    private ulong HeadOf(string file)
    {
        try
        {
            Span<byte> head = stackalloc byte[FilePosition.HashedBytes];
            return ContentHash.Of(head[..contents.HeadOf(file, head)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Logs once that nothing is followed. A folder that cannot be looked into is logged elsewhere.</summary>
    private void Tell(bool nothing)
    {
        if (nothing && !empty && !failing)
            FollowLog.NoFileYet(context.Logger, pattern is null ? path : pattern.Path);
        empty = nothing && !failing;
    }

    private List<string> List()
    {
        try
        {
            if (!Directory.Exists(path))
                throw new DirectoryNotFoundException("no such folder");
            var files = Directory.EnumerateFiles(path)
                .Where(file => pattern is null ? !IsPassedOver(file) : pattern.Matches(file) && !RotationName.IsCompressed(file))
                .Order(StringComparer.Ordinal)
                .ToList();
            failing = false;
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!failing)
                FollowLog.FolderUnreadable(context.Logger, path, e.Message, context.Options.DiscoveryInterval);
            failing = true;
            return [];
        }
    }
}
