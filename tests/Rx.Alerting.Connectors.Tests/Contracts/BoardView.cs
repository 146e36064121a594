using System.Text;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What a reader of the board has, kept up by reading changes, as a process keeps it.</summary>
internal sealed class BoardView(IBoard board)
{
    public static readonly DateTimeOffset Time = new(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private static readonly UTF8Encoding Text = new(false);

    public string? Position { get; private set; }

    public Dictionary<(string Pipeline, string Id), string> Incidents { get; } = [];

    /// <summary>The incidents as lines, in an order that can be compared.</summary>
    public IEnumerable<string> Lines =>
        Incidents.Select(one => $"{one.Key.Pipeline} {one.Key.Id} {one.Value}").Order(StringComparer.Ordinal);

    public static BoardEntry Entry(string pipeline, string id, string value, int seconds = 0) =>
        new(pipeline, id, Time.AddSeconds(seconds), Text.GetBytes(value));

    public static string Said(BoardEntry entry) => Text.GetString(entry.Value.Span);

    public async Task<BoardReading> ReadAsync()
    {
        var reading = await board.ReadAsync(Position, TestContext.Current.CancellationToken);
        Position = reading.Position;
        if (reading.IsWhole)
            Incidents.Clear();
        foreach (var entry in reading.Entries)
            Incidents[(entry.Pipeline, entry.Id)] = Said(entry);
        foreach (var gone in reading.Gone)
            Incidents.Remove(gone);
        return reading;
    }

    /// <summary>Reads, and gives the changes as lines. Fails if the board read everything.</summary>
    public async Task<IEnumerable<string>> ChangesAsync()
    {
        var reading = await ReadAsync();
        Assert.False(reading.IsWhole);
        Assert.Empty(reading.Parts);
        return reading.Entries.Select(entry => $"{entry.Pipeline} {entry.Id} {Said(entry)}")
            .Concat(reading.Gone.Select(gone => $"{gone.Pipeline} {gone.Id} gone"))
            .Order(StringComparer.Ordinal);
    }
}
