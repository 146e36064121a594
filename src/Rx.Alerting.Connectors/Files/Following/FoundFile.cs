namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>A file of a log as it was on disk when it was looked for.</summary>
/// <param name="Path">The path of the file. A moment later it may have another path.</param>
/// <param name="Status">What the file system says about the file.</param>
/// <param name="IsCopy">Whether it is a copy, perhaps compressed, of the file that was looked for.</param>
internal readonly record struct FoundFile(string Path, FileStatus Status, bool IsCopy = false);

/// <summary>The file that comes behind a rotated file.</summary>
/// <param name="File">The next file.</param>
/// <param name="HasContent">Whether any file behind the rotated file has content.</param>
/// <param name="MayGrow">Whether writers may still write to the file: it has the log's name, or had it until the last rotation.</param>
/// <param name="Unreadable">Files between, which are compressed in a way that cannot be read.</param>
internal readonly record struct Successor(FoundFile File, bool HasContent, bool MayGrow, IReadOnlyList<FoundFile> Unreadable);
