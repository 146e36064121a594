using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Collects changed entries. Their values are end to end in one buffer.</summary>
internal sealed class ChangeWriter
{
    private readonly StateWriter writer = new();
    private readonly List<(StateKey Key, int Start)> begun = [];
    private List<StateKey> removed = [];
    private StateEntry[] written = [];

    /// <summary>Bytes of memory that <see cref="Clear"/> keeps.</summary>
    public long Capacity => writer.Capacity
        + (begun.Capacity * (long)Unsafe.SizeOf<(StateKey, int)>())
        + (written.Length * (long)Unsafe.SizeOf<StateEntry>());

    /// <summary>Length of all values so far, in bytes.</summary>
    public long Length => writer.Written.Length;

    /// <summary>Begins an entry.</summary>
    /// <returns>The writer for the entry's value, until the next call.</returns>
    public StateWriter Begin(StateKey key)
    {
        begun.Add((key, writer.Written.Length));
        return writer;
    }

    public void Remove(StateKey key) => removed.Add(key);

    /// <summary>Removes all changes and keeps the memory. The next changes overwrite the values of the entries that were built.</summary>
    public void Clear()
    {
        writer.Clear();
        begun.Clear();
        removed = [];
    }

    /// <summary>The collected changes. Nothing more may be written before <see cref="Clear"/>.</summary>
    public StateChanges Build()
    {
        var all = writer.Written;
        var count = begun.Count;
        if (written.Length < count)
            written = new StateEntry[Math.Max(count, written.Length * 2)];
        for (var i = 0; i < count; i++)
        {
            var (key, start) = begun[i];
            var end = i + 1 < count ? begun[i + 1].Start : all.Length;
            written[i] = new StateEntry(key, all[start..end]);
        }

        return new StateChanges(new ArraySegment<StateEntry>(written, 0, count), removed);
    }
}
