namespace Rx.Alerting.Core.Options;

/// <summary>Time zones by their names, such as <c>Europe/Berlin</c>.</summary>
public static class TimeZones
{
    private const int LongestName = 63;

    /// <summary>
    /// Files beside the zones that a system reads as zones, too. They are other names of a zone, name one that depends on the machine, or
    /// count leap seconds, so a text with such a name does not say which time is meant.
    /// </summary>
    private static readonly string[] Odd = ["localtime", "posixrules", "Factory"], OddFolders = ["posix/", "right/"];

    /// <summary>Null if there is no such zone on this machine, or its name does not say which one it is.</summary>
    public static TimeZoneInfo? Find(string? name) =>
        name is { Length: > 0 and <= LongestName } && !IsOdd(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;

    private static bool IsOdd(string name) =>
        Array.Exists(Odd, odd => odd.Equals(name, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(OddFolders, folder => name.StartsWith(folder, StringComparison.OrdinalIgnoreCase))
        || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+');
}
