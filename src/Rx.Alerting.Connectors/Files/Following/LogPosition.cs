namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Where to read on in a log, and which files of it have names that do not say that they are read: all in one text, with spaces between.</summary>
/// <param name="File">In which file, and where in it.</param>
/// <param name="Left">The ends of files that have been read and are still there.</param>
internal sealed record LogPosition(FilePosition File, IReadOnlyList<FilePosition> Left)
{
    internal static bool TryParse(string text, out LogPosition position)
    {
        var files = new List<FilePosition>();
        foreach (var part in text.Split(' '))
        {
            if (FilePosition.TryParse(part, out var file))
                files.Add(file);
        }

        position = new(files.FirstOrDefault(FilePosition.None), files[Math.Min(1, files.Count)..]);
        return files.Count == text.Split(' ').Length;
    }

    public override string ToString() => string.Join(' ', Left.Prepend(File));
}
