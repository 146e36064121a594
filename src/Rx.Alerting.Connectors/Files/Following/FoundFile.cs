namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>A file of a log as it is on disk just now.</summary>
/// <param name="Path">Its path; it may have another one a moment later.</param>
/// <param name="Status">What the file system says of it.</param>
/// <param name="IsCopy">It has the content that was looked for, but is another file: copied or compressed.</param>
internal readonly record struct FoundFile(string Path, FileStatus Status, bool IsCopy = false);

/// <summary>What comes behind a file that was rotated away.</summary>
/// <param name="File">The next file.</param>
/// <param name="HasContent">Somebody has written behind the file that was rotated away.</param>
/// <param name="MayGrow">Writers may still be at <paramref name="File"/>: it has the log's name, or had it until the last rotation.</param>
/// <param name="Unreadable">Files in between that are compressed in a way that is not read.</param>
internal readonly record struct Successor(FoundFile File, bool HasContent, bool MayGrow, IReadOnlyList<FoundFile> Unreadable);
