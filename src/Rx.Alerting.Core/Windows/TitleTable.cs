using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>All titles, found by property and name, in the order in which they were last <see cref="Touch">touched</see>.</summary>
/// <remarks>
/// A hash table with linear probing whose slots hold the hash beside the title: a look-up waits for memory twice, for the slot
/// and for the title, where a dictionary waits three times. Removal moves later slots back, so there are no tombstones.
/// </remarks>
internal sealed class TitleTable
{
    private Slot[] slots = new Slot[16];
    private Title? oldest;
    private Title? newest;
    private long touches;

    public int Count { get; private set; }

    /// <summary>The title not touched for the longest time; the others follow by <see cref="Title.SeenAfter"/>.</summary>
    public Title? Oldest => oldest;

    /// <summary>
    /// The title of <paramref name="property"/> whose name has the 64-bit hash <paramref name="hash"/>. The title itself is not
    /// read: of a million titles, two share the hash of both once in 40 million times. Whoever reads it compares property and name.
    /// </summary>
    public Title? Find(Property property, ulong hash)
    {
        var combined = KeyHash.Combine(property.Hash, hash);
        var all = slots;
        for (var i = (int)combined & (all.Length - 1); ; i = (i + 1) & (all.Length - 1))
        {
            ref readonly var slot = ref all[i];
            if (slot.Hash == combined || slot.Title is null)
                return slot.Title;
        }
    }

    public void Add(Title title)
    {
        if (++Count > slots.Length / 2)
            Grow();
        Insert(slots, new Slot { Hash = title.CombinedHash, Title = title });
        LinkNewest(title);
        title.LinkToProperty();
    }

    /// <summary>The title is the most recently touched one from now on.</summary>
    public void Touch(Title title)
    {
        if (title == newest)
            return;
        Unlink(title);
        LinkNewest(title);
    }

    public void Remove(Title title)
    {
        Unlink(title);
        touches = newest?.TouchSequence ?? 0; // As after a restore, which knows only the titles that are left.
        (title.SeenBefore, title.SeenAfter) = (null, null); // Who still refers to it must not hold all that is forgotten later.
        title.UnlinkFromProperty();
        Count--;
        var mask = slots.Length - 1;
        var hole = (int)title.CombinedHash & mask;
        while (slots[hole].Title != title)
            hole = (hole + 1) & mask;
        for (var i = (hole + 1) & mask; slots[i].Title is not null; i = (i + 1) & mask)
        {
            // A slot may move back to the hole unless its own place lies between the hole and itself.
            var home = (int)slots[i].Hash & mask;
            if (((i - home) & mask) < ((i - hole) & mask))
                continue;
            slots[hole] = slots[i];
            hole = i;
        }

        slots[hole] = default;
    }

    private void Grow()
    {
        var larger = new Slot[slots.Length * 2];
        foreach (var slot in slots)
        {
            if (slot.Title is not null)
                Insert(larger, slot);
        }

        slots = larger;
    }

    private static void Insert(Slot[] slots, Slot added)
    {
        var i = (int)added.Hash & (slots.Length - 1);
        while (slots[i].Title is not null)
            i = (i + 1) & (slots.Length - 1);
        slots[i] = added;
    }

    private void LinkNewest(Title title)
    {
        // One that was loaded keeps its number: the entries of others, which are not written again, refer to the same count.
        title.TouchSequence = touches = Math.Max(touches + 1, title.TouchSequence);
        (title.SeenBefore, title.SeenAfter) = (newest, null);
        if (newest is null)
            oldest = title;
        else
            newest.SeenAfter = title;
        newest = title;
    }

    private void Unlink(Title title)
    {
        if (title.SeenBefore is null)
            oldest = title.SeenAfter;
        else
            title.SeenBefore.SeenAfter = title.SeenAfter;
        if (title.SeenAfter is null)
            newest = title.SeenBefore;
        else
            title.SeenAfter.SeenBefore = title.SeenBefore;
    }

    private struct Slot
    {
        public ulong Hash;
        public Title? Title;
    }
}
