namespace Rx.Alerting.Core.Windows;

/// <summary>Forgets keys: those not seen for long, and those beyond the bounds. Never a key with an open incident.</summary>
internal sealed class KeyBounds(WindowOptions windows, PropertyTable properties, TitleTable titles, KeyEntries entries)
{
    private readonly long expiry = (long)windows.TitleExpiry.TotalMilliseconds;
    private readonly PropertyEviction eviction = new(properties, windows.MaximumProperties);

    /// <summary>Number of the touch interval up to which properties have been forgotten.</summary>
    private long expired = long.MinValue;

    /// <summary>Event time (ms) within which the order in which titles were seen is not kept.</summary>
    public long TouchInterval { get; } = Math.Min(86_400_000, (long)windows.TitleExpiry.TotalMilliseconds / 4);

    /// <inheritdoc cref="KeyCounts.ForgottenProperties"/>
    public long ForgottenProperties { get; private set; }

    /// <summary>Views of properties that were evicted at the end of their first pane.</summary>
    public long Dropped { get; set; }

    /// <summary>Properties that could be kept if all without an open incident were forgotten.</summary>
    public int RoomForProperties => Math.Max(0, windows.MaximumProperties - properties.Held);

    /// <summary>An incident is over.</summary>
    public void Released() => eviction.Reorder();

    /// <summary>
    /// Forgets titles and properties that have not been seen for long. Their incidents have expired before. A title or property may be
    /// forgotten up to one touch interval late.
    /// </summary>
    public void Expire(long now)
    {
        var interval = (now - expiry) / TouchInterval;
        while (titles.Oldest is { } title && title.LastSeen / TouchInterval < interval && title.HeldSeries == 0)
            Forget(title);
        if (interval == expired)
            return;
        expired = interval;
        foreach (var property in properties.InNoOrder)
        {
            if (property.LastSeen / TouchInterval < interval && !property.IsHeld)
                Forget(property);
        }
    }

    /// <summary>Keeps the bounds behind the pane that ends at <paramref name="paneEnd"/>.</summary>
    public void Evict(long paneEnd)
    {
        var isOrdered = false;
        while (properties.Count > windows.MaximumProperties && eviction.TryTake(paneEnd, ref isOrdered, out var property))
        {
            ForgottenProperties++;
            if (property.CameAt == paneEnd)
                Dropped += property.Position;
            Forget(property);
        }

        var title = titles.Oldest;
        while (titles.Count > windows.MaximumTitles && title is not null)
        {
            var next = title.SeenAfter;
            if (title.HeldSeries == 0)
                Forget(title);
            title = next;
        }
    }

    /// <summary>Forgets a property and its titles. None of them has an open incident.</summary>
    public void Forget(Property property)
    {
        while (property.FirstTitle is { } title)
            Forget(title);
        properties.Remove(property);
        entries.Removed(property);
    }

    /// <summary>Forgets a title without an open incident.</summary>
    public void Forget(Title title)
    {
        titles.Remove(title);
        entries.Removed(title);
    }
}
