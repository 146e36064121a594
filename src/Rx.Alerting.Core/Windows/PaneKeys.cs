using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Windows;

/// <summary>Finds the keys of a pane, and adds those that are new.</summary>
/// <remarks>
/// Memory is slow. So all keys are looked up first, which does not read them; then all are read. Look-ups that do not depend on one another
/// let their cache misses overlap.
/// </remarks>
internal sealed class PaneKeys(PropertyTable properties, TitleTable titles, KeyBounds bounds, PaneOrder order)
{
    /// <summary>
    /// One in so many keys of a pane is compared by name, another one in each pane. Comparing all names would take a tenth of the time.
    /// </summary>
    private const int Compared = 16;

    private Found[] keys = [];
    private int turn;
    private int[] newProperties = [];
    private KeyCounts counts;

    /// <summary>Error types and what is forgotten are counted elsewhere.</summary>
    public KeyCounts Counts => counts with { ForgottenProperties = bounds.ForgottenProperties };

    /// <summary>The key of each cell, new ones included.</summary>
    /// <remarks>
    /// There is no key for:
    /// <list type="bullet">
    /// <item>a property beyond the bound, and its titles;</item>
    /// <item>a title with the hash of another property's title.</item>
    /// </list>
    /// </remarks>
    public Span<Found> Of(Pane pane)
    {
        if (keys.Length < pane.CellCount)
            keys = new Found[Math.Max(pane.CellCount, keys.Length * 2)];
        var found = keys.AsSpan(0, pane.CellCount);
        var newcomers = 0;
        for (var i = 0; i < found.Length; i++)
        {
            ref readonly var cell = ref pane.Cell(i);
            if (cell.IsProperty(i))
            {
                found[i].Key = properties.Find(cell.NameHash);
                newcomers += found[i].Key is null ? 1 : 0;
                counts.Views += cell.Views;
            }
            else
            {
                found[i].Key = (Property?)found[cell.Property].Key is { } property ? titles.Find(property, cell.NameHash) : null;
            }
        }

        turn = (turn + 1) % Compared;
        var touchedBefore = pane.End / bounds.TouchInterval * bounds.TouchInterval;
        long ages = 0;
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Key is not { } known)
            {
                ages = -1;
                continue;
            }

            ages |= known.LastSeen - touchedBefore;
            ref readonly var cell = ref pane.Cell(i);
            if (!cell.IsProperty(i) && ((Title)known).Property != found[cell.Property].Key)
                found[i].Key = Collide();
            else if (i % Compared == turn && !pane.Text(cell.Name).SequenceEqual(known.Name))
                counts.Collisions++; // What came first stands for both.
        }

        if (ages < 0)
            AddAndTouch(pane, touchedBefore, newcomers);
        return found;
    }

    /// <summary>The rare part: new keys, and titles that are seen for the first time in the touch interval.</summary>
    private void AddAndTouch(Pane pane, long touchedBefore, int newcomers)
    {
        var ordered = order.Of(pane);
        if (newcomers > 0)
            AddProperties(pane, ordered);
        foreach (var i in ordered)
        {
            ref readonly var cell = ref pane.Cell(i);
            if (cell.IsProperty(i) || keys[cell.Property].Key is not Property property)
                continue;
            ref var key = ref keys[i].Key;
            if (key is null)
                key = AddTitle(property, pane, cell);
            else if (key.LastSeen < touchedBefore)
                titles.Touch((Title)key);
        }
    }

    /// <summary>Adds the new properties. If there are more than could be kept, those with the most views.</summary>
    private void AddProperties(Pane pane, ReadOnlySpan<int> ordered)
    {
        if (newProperties.Length < ordered.Length)
            newProperties = new int[Math.Max(ordered.Length, newProperties.Length * 2)];
        var count = 0;
        foreach (var i in ordered)
        {
            if (keys[i].Key is null && pane.Cell(i).IsProperty(i))
                newProperties[count++] = i;
        }

        counts.NewProperties += count;
        var added = newProperties.AsSpan(0, count);
        if (count > bounds.RoomForProperties)
            added = Busiest(pane, added);
        foreach (var i in added)
        {
            ref readonly var cell = ref pane.Cell(i);
            var property = new Property(pane.Text(cell.Name).ToArray(), cell.NameHash) { CameAt = pane.End };
            properties.Add(property);
            keys[i].Key = property;
        }
    }

    /// <summary>As many properties as there is room for: by views, then by hash.</summary>
    private Span<int> Busiest(Pane pane, Span<int> cells)
    {
        var room = bounds.RoomForProperties;
        cells.Sort((x, y) =>
        {
            var order = pane.Cell(y).Views.CompareTo(pane.Cell(x).Views);
            return order != 0 ? order : pane.Cell(x).NameHash.CompareTo(pane.Cell(y).NameHash);
        });
        foreach (var i in cells[room..])
            bounds.Dropped += pane.Cell(i).Views;
        return cells[..room];
    }

    /// <summary>A new title. Null if a title of another property has the same hash: its views count in its property only.</summary>
    private Title? AddTitle(Property property, Pane pane, in PaneCell cell)
    {
        if (titles.Find(property, cell.NameHash) is not null)
            return Collide();
        counts.NewTitles++;
        var title = new Title(property, pane.Text(cell.Name).ToArray(), cell.NameHash);
        titles.Add(title);
        return title;
    }

    /// <summary>The title has the combined hash of another property's title. The other one stays.</summary>
    private Title? Collide()
    {
        counts.Collisions++;
        return null;
    }

    /// <summary>Wraps a key: storing a class into an array costs a type check, storing a struct does not.</summary>
    internal struct Found
    {
        public Key? Key;
    }
}
