using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>Makes commits, and reads entries back in an order that can be compared.</summary>
internal static class States
{
    public static readonly DateTimeOffset Time = new(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public static CheckpointCommit Commit(long epoch, string owner, long id, params StateEntry[] written) =>
        new("views", epoch, owner, id, Time, new(written, []));

    public static StateEntry Entry(ulong high, byte value = 1, string section = StateSections.Titles) =>
        new(new(section, high, ~high), new[] { value });

    public static async Task<List<IReadOnlyList<StateEntry>>> Chunks(
        ICheckpointStore store,
        string pipeline,
        string section = StateSections.Titles)
    {
        var chunks = new List<IReadOnlyList<StateEntry>>();
        await foreach (var chunk in store.ReadAsync(pipeline, section, TestContext.Current.CancellationToken))
            chunks.Add(chunk);
        return chunks;
    }

    public static async Task<List<IReadOnlyList<StateEntry>>> Chunks(CheckpointSnapshot snapshot)
    {
        var chunks = new List<IReadOnlyList<StateEntry>>();
        await foreach (var chunk in snapshot.Chunks)
            chunks.Add(chunk);
        return chunks;
    }

    /// <summary>The first half of each key, and the first byte of its value.</summary>
    public static async Task<IEnumerable<(ulong High, int Value)>> Read(
        ICheckpointStore store,
        string pipeline,
        string section = StateSections.Titles) =>
        (await Chunks(store, pipeline, section)).SelectMany(chunk => chunk)
            .Select(entry => (entry.Key.High, (int)entry.Value.Span[0])).Order().ToArray();
}
