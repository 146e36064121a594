using System.Globalization;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// The id of an event: a position on the board. All processes read one board, so an id means the same in each of them. The first number
/// grows with every change; the second tells changes of one moment, or of different files, apart.
/// </summary>
internal readonly record struct EventId(ulong First, ulong Second) : IComparable<EventId>
{
    /// <param name="text">Such as <c>1700000000000-0</c>.</param>
    /// <returns>Null if it is none.</returns>
    public static EventId? Parse(string? text) =>
        text?.Split('-') is [var first, var second]
        && ulong.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var one)
        && ulong.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var two)
            ? new EventId(one, two)
            : null;

    public int CompareTo(EventId other) => First == other.First ? Second.CompareTo(other.Second) : First.CompareTo(other.First);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Second}");
}
