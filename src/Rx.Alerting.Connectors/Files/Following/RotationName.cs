namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// The name of a rotated file. It is the name of the log with an index (<c>app.log.1</c>, larger is older) or a time
/// (<c>app.log-20261125</c>, <c>app-20261125.log</c>, smaller is older), and <c>.gz</c> behind it if the file is compressed.
/// </summary>
/// <param name="Stamp">The index or time.</param>
internal readonly record struct RotationName(string Stamp) : IComparable<RotationName>
{
    private const int LongestIndex = 5;
    private static readonly string[] Compressed = [".gz", ".bz2", ".xz", ".zst", ".zip", ".lz4"];

    private bool IsIndex => Stamp.Length <= LongestIndex;

    internal static bool IsCompressed(string name) =>
        Array.Exists(Compressed, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file is compressed in a way that cannot be read.</summary>
    internal static bool IsUnreadable(string name) => IsCompressed(name) && !IsGzip(name);

    internal static bool IsGzip(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name before the file was compressed.</summary>
    internal static string Uncompressed(string name) => IsCompressed(name) ? name[..name.LastIndexOf('.')] : name;

    /// <summary>
    /// The rotated files of <paramref name="log"/>, oldest first. A compressed file comes behind the file that it was made of.
    /// </summary>
    internal static IEnumerable<string> InOrder(string log, IEnumerable<string> paths) => paths
        .Select(path => (
            Path: path,
            IsRotated: TryParse(log, System.IO.Path.GetFileName(path), out var rotation),
            Rotation: rotation))
        .Where(file => file.IsRotated)
        .OrderBy(file => file.Rotation)
        .ThenBy(file => Uncompressed(file.Path), StringComparer.Ordinal)
        .ThenBy(file => IsCompressed(file.Path))
        .ThenBy(file => IsUnreadable(file.Path))
        .Select(file => file.Path);

    /// <summary>Whether <paramref name="name"/> is the name of a rotated file of <paramref name="log"/>. Both are without folder.</summary>
    internal static bool TryParse(string log, string name, out RotationName rotation)
    {
        var plain = Uncompressed(name);
        var end = Path.GetExtension(log);
        var stem = log[..^end.Length];
        var stamp = string.Empty;
        if (plain.StartsWith(log, StringComparison.Ordinal))
            stamp = plain[log.Length..];
        else if (end.Length > 0
            && plain.Length > log.Length
            && plain.StartsWith(stem, StringComparison.Ordinal)
            && plain.EndsWith(end, StringComparison.Ordinal))
        {
            stamp = plain[stem.Length..^end.Length];
        }

        rotation = new(stamp);

        // A short index needs a dot, because app-1.log may as well be a second log.
        return stamp.Length > 1
            && (stamp.Length > LongestIndex || stamp[0] == '.')
            && stamp[0] is '.' or '-' or '_'
            && char.IsAsciiDigit(stamp[1])
            && !stamp.AsSpan().ContainsAnyExcept("0123456789.-_:T");
    }

    /// <summary>The older file is the smaller. Times are older than indices: if both are in use, the newest files have indices.</summary>
    public int CompareTo(RotationName other)
    {
        if (IsIndex != other.IsIndex)
            return IsIndex ? 1 : -1;
        if (!IsIndex)
            return string.CompareOrdinal(Stamp, other.Stamp);
        return Stamp.Length != other.Stamp.Length
            ? other.Stamp.Length.CompareTo(Stamp.Length)
            : string.CompareOrdinal(other.Stamp, Stamp);
    }
}
