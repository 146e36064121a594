using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Panes;

/// <summary>Counts the late views that came in one pane's interval, by property and by the pane for which they are late.</summary>
internal sealed class PaneLate
{
    public const string Layout = "late [property u64, paneStart i64, views i32]";

    private readonly Dictionary<Key, int> counts = [];

    /// <summary>About how many bytes an entry of the dictionary takes.</summary>
    private const int EntryBytes = 32;

    /// <summary>Bytes of memory, used or not.</summary>
    public long RoomBytes => (long)counts.Capacity * EntryBytes;

    /// <summary>Bytes of memory that have counts.</summary>
    public long UsedBytes => (long)counts.Count * EntryBytes;

    /// <summary>The counts, in no particular order.</summary>
    public Dictionary<Key, int> Counts => counts;

    public void Add(ulong property, long paneStart, int count)
    {
        var key = new Key(property, paneStart);
        counts[key] = counts.GetValueOrDefault(key) + count;
    }

    public void Clear() => counts.Clear();

    public static void Save(PaneLate? late, StateWriter writer)
    {
        writer.Int32(late?.counts.Count ?? 0);
        foreach (var (key, count) in (late?.counts ?? []).OrderBy(entry => entry.Key.Property).ThenBy(entry => entry.Key.PaneStart))
        {
            writer.UInt64(key.Property);
            writer.Int64(key.PaneStart);
            writer.Int32(count);
        }
    }

    /// <param name="Property">Hash of the property's name.</param>
    /// <param name="PaneStart">Begin of the pane for which the views are late (ms since the Unix epoch).</param>
    internal readonly record struct Key(ulong Property, long PaneStart);
}
