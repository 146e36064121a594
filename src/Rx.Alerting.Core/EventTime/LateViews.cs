using System.Text;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>Counts late views by property. Also remembers by partition, for people, how late views came.</summary>
/// <param name="tracksChanges">Whether changes are remembered, so that a save can write changes only.</param>
internal sealed class LateViews(bool tracksChanges = false)
{
    /// <summary>How many properties are counted apart. Late views of further properties are counted under the empty name.</summary>
    public const int MaximumProperties = 10_000;

    public const string Layout = "property text, views i64";

    /// <summary>How many partitions are counted apart. Further partitions are counted together.</summary>
    private const int MaximumPartitions = 1000;

    private readonly Dictionary<string, long> byProperty = [];
    private readonly Dictionary<string, Lateness> byPartition = [];
    private readonly Lateness otherPartitions = new("other partitions");
    private readonly ChangeLog<string> log = new(tracksChanges);

    public long Total { get; private set; }

    public IReadOnlyDictionary<string, long> ByProperty => byProperty;

    /// <summary>The partitions with late views, in descending order of their number.</summary>
    public IReadOnlyList<LatePartition> ByPartition()
    {
        var late = byPartition.Values.Append(otherPartitions).Select(lateness => lateness.Snapshot()).OfType<LatePartition>();
        return [.. late.OrderByDescending(partition => partition.Views).ThenBy(partition => partition.Name, StringComparer.Ordinal)];
    }

    /// <summary>The counts of a partition. They stay when the partition finishes, and go on if the partition comes again.</summary>
    public Lateness Of(string partition)
    {
        if (byPartition.TryGetValue(partition, out var known))
            return known;
        if (byPartition.Count >= MaximumPartitions)
            return otherPartitions;
        byPartition.Add(partition, known = new(partition));
        return known;
    }

    public void Count(ReadOnlySpan<byte> property)
    {
        Total++;
        var lookup = byProperty.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[256];
        ReadOnlySpan<char> name = property.Length <= buffer.Length
            ? buffer[..Encoding.UTF8.GetChars(property, buffer)]
            : Encoding.UTF8.GetString(property);
        if (!lookup.TryGetValue(name, out var count) && byProperty.Count >= MaximumProperties)
        {
            name = "";
            lookup.TryGetValue(name, out count);
        }

        lookup[name] = count + 1;
        if (tracksChanges)
            log.Changed(name.ToString());
    }

    /// <param name="begin">Begins the entry of a property.</param>
    /// <param name="everything">Whether to write all properties, or only those that have changed.</param>
    public void Save(Func<string, StateWriter> begin, bool everything)
    {
        if (everything)
        {
            foreach (var property in byProperty.Keys)
                Write(property);
        }
        else
        {
            log.Take(Write, _ => { });
        }

        void Write(string property)
        {
            var writer = begin(property);
            writer.String(property);
            writer.Int64(byProperty[property]);
        }
    }

    /// <summary>Reads the entry of one property.</summary>
    public void Load(StateReader reader)
    {
        var (property, count) = (reader.String()!, reader.Int64());
        byProperty.Add(property, count);
        log.Loaded(property);
        Total += count;
    }
}
