using System.Globalization;

namespace Rx.Alerting.Service.Explain;

/// <summary>Times on the command line. A time without a zone would mean something else on every machine, so it is refused.</summary>
internal static class PointInTime
{
    private static readonly string[] Notations =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd' 'HH:mmzzz", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>Reads a time such as <c>2026-11-22T08:30Z</c> or <c>2026-11-22 09:30:00+01:00</c>.</summary>
    /// <param name="option">Whose value it is.</param>
    /// <param name="text">The value.</param>
    /// <param name="faults">Gets what is wrong with it.</param>
    public static DateTimeOffset Parse(string option, string text, List<string> faults)
    {
        var trimmed = text.Trim();
        var zoned = trimmed is [.., 'Z' or 'z'] ? $"{trimmed[..^1]}+00:00" : trimmed;
        if (DateTimeOffset.TryParseExact(zoned, Notations, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time.ToUniversalTime();
        var isWithoutZone = DateTimeOffset.TryParseExact(
            $"{trimmed}+00:00", Notations, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        faults.Add(isWithoutZone
            ? $"{option} is “{text}”, has no zone; write {trimmed.Replace(' ', 'T')}Z if that is UTC"
            : $"{option} is “{text}”, must be a time with its zone, such as 2026-11-22T08:30Z or 2026-11-22T09:30:00+01:00");
        return default;
    }
}
