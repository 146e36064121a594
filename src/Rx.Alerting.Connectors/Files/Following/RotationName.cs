namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// The name of a file that was rotated away: the log's with an index (<c>app.log.1</c>, larger is older) or a time
/// (<c>app.log-20261125</c>, <c>app-20261125.log</c>, smaller is older) in it, and <c>.gz</c> behind it if it is compressed.
/// </summary>
/// <param name="Stamp">The index or time.</param>
internal readonly record struct RotationName(string Stamp) : IComparable<RotationName>
{
    private const int LongestIndex = 5;
    private static readonly string[] Compressed = [".gz", ".bz2", ".xz", ".zst", ".zip", ".lz4"];

    private bool IsIndex => Stamp.Length <= LongestIndex;

    internal static bool IsCompressed(string name) => Array.Exists(Compressed, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file is compressed in a way that is not read.</summary>
    internal static bool IsUnreadable(string name) => IsCompressed(name) && !IsGzip(name);

    internal static bool IsGzip(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name before the file was compressed.</summary>
    internal static string Uncompressed(string name) => IsCompressed(name) ? name[..name.LastIndexOf('.')] : name;

    /// <summary>The paths of files that <paramref name="log"/> was rotated to: oldest first, and a compressed one behind what it was made of.</summary>
    internal static IEnumerable<string> InOrder(string log, IEnumerable<string> paths) => paths
        .Select(path => (Path: path, Is: TryParse(log, System.IO.Path.GetFileName(path), out var rotation), Rotation: rotation))
        .Where(file => file.Is)
        .OrderBy(file => file.Rotation)
        .ThenBy(file => Uncompressed(file.Path), StringComparer.Ordinal)
        .ThenBy(file => IsCompressed(file.Path))
        .ThenBy(file => IsUnreadable(file.Path))
        .Select(file => file.Path);

    /// <summary>Whether <paramref name="name"/> is that of a file that <paramref name="log"/> was rotated to; both without their folder.</summary>
    internal static bool TryParse(string log, string name, out RotationName rotation)
    {
        var plain = Uncompressed(name);
        var end = Path.GetExtension(log);
        var stem = log[..^end.Length];
        var stamp = string.Empty;
        if (plain.StartsWith(log, StringComparison.Ordinal))
            stamp = plain[log.Length..];
        else if (end.Length > 0 && plain.Length > log.Length && plain.StartsWith(stem, StringComparison.Ordinal) && plain.EndsWith(end, StringComparison.Ordinal))
            stamp = plain[stem.Length..^end.Length];

        rotation = new(stamp);

        // A name such as app-1.log is as likely that of a second log.
        return stamp.Length > 1
            && (stamp.Length > LongestIndex || stamp[0] == '.')
            && stamp[0] is '.' or '-' or '_'
            && char.IsAsciiDigit(stamp[1])
            && !stamp.AsSpan().ContainsAnyExcept("0123456789.-_:T");
    }

    /// <summary>The older one is the smaller. Times are older than indices, which are of the newest files where both are in use.</summary>
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
