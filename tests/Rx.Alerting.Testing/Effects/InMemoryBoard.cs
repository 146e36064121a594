using System.Globalization;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Testing.Effects;

/// <summary>
/// A board in memory, for any number of writers and readers. Every call is synchronous, and values are copied in both directions. A test
/// can make it lose everything, or a part.
/// </summary>
public sealed class InMemoryBoard : IBoard
{
    private const int MostChanges = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Part> parts = new(StringComparer.Ordinal);

    // The latest changes. A change without an id: another epoch has a part.
    private readonly Queue<(string Pipeline, string? Id)> changes = new();

    /// <summary>How many changes there have been since the board was lost.</summary>
    private long count;
    private string life = Guid.NewGuid().ToString("N");

    public Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel) => Run(cancel, () =>
    {
        var part = Take(pipeline, epoch);
        foreach (var entry in entries)
            Write(pipeline, part, entry);
        var stay = entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in part.Entries.Keys.Where(id => !stay.Contains(id)).ToList())
            Remove(pipeline, part, id);
        return true;
    });

    public Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel) =>
        Run<IReadOnlyList<BoardEntry>>(cancel, () => [.. Take(pipeline, epoch).Entries.Values.Select(Copy)]);

    public Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel) =>
        Run(cancel, () =>
        {
            if (!parts.TryGetValue(pipeline, out var part) || part.Epoch != epoch)
                return part?.Epoch ?? 0;
            foreach (var entry in entries)
            {
                if (!part.Entries.TryGetValue(entry.Id, out var old) || old.UpdatedAt <= entry.UpdatedAt)
                    Write(pipeline, part, entry);
            }

            foreach (var id in gone)
                Remove(pipeline, part, id);
            return epoch;
        });

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => Run(cancel, () =>
    {
        var position = PositionOf(count);
        if (after is not null && Since(after) is { } changed)
        {
            var now = changed.Select(change => (change.Pipeline, Id: change.Id!, Entry: Find(change.Pipeline, change.Id!))).ToList();
            return new BoardReading(
                position,
                false,
                [.. now.Where(change => change.Entry is not null).Select(change => Copy(change.Entry!))],
                [.. now.Where(change => change.Entry is null).Select(change => (change.Pipeline, change.Id))],
                new Dictionary<string, long>())
            {
                Positions = changed.ToDictionary(change => (change.Pipeline, change.Id!), change => PositionOf(change.Number)),
            };
        }

        return new(
            position,
            true,
            [.. parts.Values.SelectMany(part => part.Entries.Values).Select(Copy)],
            [],
            parts.ToDictionary(part => part.Key, part => part.Value.Epoch, StringComparer.Ordinal));
    });

    /// <summary>Forgets everything, like a server that comes back empty. Positions of before mean nothing to it any more.</summary>
    public void Lose()
    {
        lock (gate)
        {
            parts.Clear();
            changes.Clear();
            (count, life) = (0, Guid.NewGuid().ToString("N"));
        }
    }

    /// <summary>Forgets a part, like a server that evicts it. Readers are not told before the part is written again.</summary>
    public void Lose(string pipeline)
    {
        lock (gate)
            parts.Remove(pipeline);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Part Take(string pipeline, long epoch)
    {
        var part = parts.GetValueOrDefault(pipeline) ?? (parts[pipeline] = new());
        if (part.Epoch != epoch)
            Tell(pipeline, null);
        part.Epoch = epoch;
        return part;
    }

    private static BoardEntry Copy(BoardEntry entry) => entry with { Value = entry.Value.ToArray() };

    private string PositionOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{number} {life}");

    /// <summary>What has changed, with the number of its latest change. Null if everything must be read.</summary>
    private List<(string Pipeline, string? Id, long Number)>? Since(string position)
    {
        if (position.Split(' ') is not [var text, var of]
            || of != life
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || count - number > changes.Count)
            return null;
        var changed = changes.Skip(changes.Count - (int)(count - number)).Index()
            .GroupBy(change => change.Item, (change, same) => (change.Pipeline, change.Id, number + 1 + same.Last().Index)).ToList();
        return changed.Exists(change => change.Id is null) ? null : changed;
    }

    private BoardEntry? Find(string pipeline, string id) => parts.GetValueOrDefault(pipeline)?.Entries.GetValueOrDefault(id);

    private void Write(string pipeline, Part part, BoardEntry entry)
    {
        if (part.Entries.TryGetValue(entry.Id, out var old)
            && old.UpdatedAt == entry.UpdatedAt
            && old.Value.Span.SequenceEqual(entry.Value.Span))
            return;
        part.Entries[entry.Id] = Copy(entry) with { Pipeline = pipeline };
        Tell(pipeline, entry.Id);
    }

    private void Remove(string pipeline, Part part, string id)
    {
        if (part.Entries.Remove(id))
            Tell(pipeline, id);
    }

    private void Tell(string pipeline, string? id)
    {
        changes.Enqueue((pipeline, id));
        count++;
        if (changes.Count > MostChanges)
            changes.Dequeue();
    }

    private Task<T> Run<T>(CancellationToken cancel, Func<T> work)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled<T>(cancel);
        lock (gate)
            return Task.FromResult(work());
    }

    private sealed class Part
    {
        public long Epoch { get; set; }

        public Dictionary<string, BoardEntry> Entries { get; } = new(StringComparer.Ordinal);
    }
}
