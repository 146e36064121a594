using System.Text;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>How many views came late, by property.</summary>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class LateViews(bool tracksChanges = false)
{
    /// <summary>Properties told apart; late views of further ones are counted under the empty name.</summary>
    public const int MaximumProperties = 10_000;

    public const string Layout = "property text, views i64";

    private readonly Dictionary<string, long> byProperty = [];
    private readonly ChangeLog<string> log = new(tracksChanges);

    public long Total { get; private set; }

    public IReadOnlyDictionary<string, long> ByProperty => byProperty;

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
    /// <param name="everything">All properties, not only those that have changed.</param>
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
