using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Views and errors of a key with an open incident in the latest twelve slots of event time.</summary>
/// <param name="slot">Event time of a slot in milliseconds. Slots lie on a grid.</param>
internal sealed class RecentViews(long slot)
{
    public const string Layout = "slot i64, slots [number i64, views i64, errors i64, explained i64, "
        + $"affected ({AffectedCount.Layout})]";

    /// <summary>Slots that are kept.</summary>
    public const int Slots = 12;

    /// <summary>The spans that are looked at, in slots: a sixth of the calm time to twice the calm time.</summary>
    public static readonly int[] Spans = [1, 2, 4, 6, 12];

    private readonly List<Slot> slots = [];

    /// <summary>Adds what happened in a pane.</summary>
    /// <param name="at">The end of the pane (ms since the Unix epoch).</param>
    /// <param name="added">Views and errors.</param>
    public void Add(long at, RecentCount added)
    {
        var number = Number(at);
        if (slots.Count > 0 && slots[^1].Number == number)
        {
            slots[^1] = new Slot(number, slots[^1].Count.Plus(added));
            return;
        }

        slots.Add(new Slot(number, added));
        slots.RemoveAll(old => old.Number <= number - Slots);
    }

    /// <summary>Views and errors of the latest slots up to the one that ends at <paramref name="now"/>, or goes on then.</summary>
    public RecentCount Latest(long now, int count)
    {
        var sum = default(RecentCount);
        var number = Number(now);
        for (var i = slots.Count - 1; i >= 0 && slots[i].Number > number - count; i--)
            sum = sum.Plus(slots[i].Count);
        return sum;
    }

    /// <summary>Begin of the latest slots (ms since the Unix epoch), as <see cref="Latest"/> takes them.</summary>
    public long BeginOf(long now, int count) => (Number(now) - count + 1) * slot;

    public void Save(StateWriter writer)
    {
        writer.Int64(slot);
        writer.Int32(slots.Count);
        foreach (var (number, (views, errors, explained, affected)) in slots)
        {
            writer.Int64(number);
            writer.Int64(views);
            writer.Int64(errors);
            writer.Int64(explained);
            affected.Save(writer);
        }
    }

    /// <summary>Slots of another length, of other options, are forgotten.</summary>
    public void Load(StateReader reader)
    {
        var length = reader.Int64();
        for (var left = reader.Count(); left > 0; left--)
            slots.Add(new Slot(reader.Int64(), new(reader.Int64(), reader.Int64(), reader.Int64(), AffectedCount.Load(reader))));
        if (length != slot)
            slots.Clear();
    }

    /// <summary>The end of a pane belongs to the slot that ends then.</summary>
    private long Number(long time) => (long)Math.Floor((time - 1) / (double)slot);

    private readonly record struct Slot(long Number, RecentCount Count);
}

/// <summary>What a key did in some time.</summary>
/// <param name="Views">Its views.</param>
/// <param name="Errors">Those that failed with the error type.</param>
/// <param name="Explained">Of a property: those that titles with an incident explain.</param>
/// <param name="Affected">Of a property: what its affected titles did.</param>
internal readonly record struct RecentCount(long Views, long Errors, long Explained = 0, AffectedCount Affected = default)
{
    public RecentCount Plus(RecentCount other) =>
        new(Views + other.Views, Errors + other.Errors, Explained + other.Explained, Affected.Plus(other.Affected));
}
