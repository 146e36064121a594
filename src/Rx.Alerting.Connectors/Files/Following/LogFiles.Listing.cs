namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Lists the files.</summary>
internal sealed partial class LogFiles
{
    /// <summary>
    /// All files of the log, oldest first. The file that has the log's name is the last. Of a file and its compressed twin, only one is
    /// given.
    /// </summary>
    internal List<FoundFile> All()
    {
        var now = places.Now();
        var files = places.Earlier.SelectMany(place => Rotated(place).Append(place.Path))
            .Concat(now.SelectMany(Rotated))
            .Reverse().Distinct().Reverse()
            .Select(Found)
            .OfType<FoundFile>()
            .GroupBy(file => RotationName.Uncompressed(file.Path), (_, twins) => twins.Aggregate(ChooseTwin))
            .ToList();
        if (Live() is not { } live)
            return files;

        // A link's target may have a rotated file's name, too.
        files.RemoveAll(file => live.Id is not null && file.Status.Id == live.Id);
        files.Add(new(path, live));
        return files;
    }

    /// <summary>All files of the log's folders, whatever their names.</summary>
    internal IEnumerable<FoundFile> Others() =>
        places.Now().Concat(places.Earlier).Select(place => place.Folder).Distinct().SelectMany(Paths).Select(Found).OfType<FoundFile>();

    private static IEnumerable<string> Rotated(LogPlace place) => RotationName.InOrder(place.Name, Paths(place.Folder));

    private static IEnumerable<string> Paths(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];

    private List<(string Path, ulong Inode)> Names() => NamesOf(All());

    private static List<(string Path, ulong Inode)> NamesOf(List<FoundFile> files) =>
        [.. files.Select(file => (file.Path, file.Status.Inode))];

    private FoundFile? Found(string candidate) =>
        FileStatus.Of(candidate, options.HasInodes) is { } status ? new(candidate, status) : null;

    /// <summary>
    /// Chooses between a file and its compressed twin. The file is chosen, because the twin is made of it; unless the file is of an older
    /// rotation.
    /// </summary>
    private FoundFile ChooseTwin(FoundFile file, FoundFile compressed)
    {
        if (!RotationName.IsGzip(compressed.Path) || file.Status.Written >= compressed.Status.Written)
            return file;
        Span<byte> head = stackalloc byte[FileContents.TellingBytes];
        Span<byte> other = stackalloc byte[FileContents.TellingBytes];
        other = other[..contents.HeadOf(compressed.Path, other)];
        return other.IsEmpty || head[..contents.HeadOf(file.Path, head)].StartsWith(other) ? file : compressed;
    }
}
