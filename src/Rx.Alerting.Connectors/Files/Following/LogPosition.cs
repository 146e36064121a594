namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// Where to read on in a log, and which of its files are finished though their names do not say so. As text: all positions, with spaces
/// between.
/// </summary>
/// <param name="File">The file, and the position in it.</param>
/// <param name="Finished">The ends of files that have been read and still exist.</param>
internal sealed record LogPosition(FilePosition File, IReadOnlyList<FilePosition> Finished)
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

    public override string ToString() => string.Join(' ', Finished.Prepend(File));
}
