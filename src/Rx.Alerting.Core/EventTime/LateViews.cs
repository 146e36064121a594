using System.Text;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>How many views came late, by property.</summary>
internal sealed class LateViews
{
    /// <summary>Properties told apart; late views of further ones are counted under the empty name.</summary>
    public const int MaximumProperties = 10_000;

    private readonly Dictionary<string, long> byProperty = [];
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public LateViews() => lookup = byProperty.GetAlternateLookup<ReadOnlySpan<char>>();

    public long Total { get; private set; }

    public IReadOnlyDictionary<string, long> ByProperty => byProperty;

    public void Count(ReadOnlySpan<byte> property)
    {
        Total++;
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
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(Total);
        writer.Int32(byProperty.Count);
        foreach (var (property, count) in byProperty)
        {
            writer.String(property);
            writer.Int64(count);
        }
    }

    public void Load(StateReader reader)
    {
        Total = reader.Int64();
        byProperty.Clear();
        for (var count = reader.Count(); count > 0; count--)
            byProperty.Add(reader.String()!, reader.Int64());
    }
}
