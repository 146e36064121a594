using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Views and errors of a key with an open incident in the latest twelve slots of event time.</summary>
/// <param name="slot">Event time of a slot in milliseconds. Slots lie on a grid.</param>
internal sealed class RecentViews(long slot)
{
    public const string Layout = "slot i64, slots [number i64, views i64, errors i64]";

    /// <summary>Slots that are kept.</summary>
    public const int Slots = 12;

    private readonly List<Slot> slots = [];

    /// <summary>Adds what happened until <paramref name="at"/> (ms since the Unix epoch), the end of a pane.</summary>
    public void Add(long at, long views, long errors)
    {
        var number = Number(at);
        if (slots.Count > 0 && slots[^1].Number == number)
        {
            slots[^1] = slots[^1] with { Views = slots[^1].Views + views, Errors = slots[^1].Errors + errors };
            return;
        }

        slots.Add(new Slot(number, views, errors));
        slots.RemoveAll(old => old.Number <= number - Slots);
    }

    /// <summary>Views and errors of the latest slots up to the one that ends at <paramref name="now"/>, or goes on then.</summary>
    public (long Views, long Errors) Latest(long now, int count)
    {
        var (views, errors) = (0L, 0L);
        var number = Number(now);
        for (var i = slots.Count - 1; i >= 0 && slots[i].Number > number - count; i--)
            (views, errors) = (views + slots[i].Views, errors + slots[i].Errors);
        return (views, errors);
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(slot);
        writer.Int32(slots.Count);
        foreach (var (number, views, errors) in slots)
        {
            writer.Int64(number);
            writer.Int64(views);
            writer.Int64(errors);
        }
    }

    /// <summary>Slots of another length, of other options, are forgotten.</summary>
    public void Load(StateReader reader)
    {
        var length = reader.Int64();
        for (var left = reader.Count(); left > 0; left--)
            slots.Add(new Slot(reader.Int64(), reader.Int64(), reader.Int64()));
        if (length != slot)
            slots.Clear();
    }

    /// <summary>The end of a pane belongs to the slot that ends then.</summary>
    private long Number(long time) => (long)Math.Floor((time - 1) / (double)slot);

    private readonly record struct Slot(long Number, long Views, long Errors);
}
