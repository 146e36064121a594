namespace Rx.Alerting.Core.Windows;

/// <summary>All titles, found by property and name, in the order in which they were last <see cref="Touch">touched</see>.</summary>
internal sealed class TitleTable
{
    private readonly Dictionary<ulong, TitleState> byHash = [];
    private TitleState? oldest;
    private TitleState? newest;

    public int Count { get; private set; }

    /// <summary>The title not seen for the longest time; the others follow by <see cref="TitleState.SeenAfter"/>.</summary>
    public TitleState? Oldest => oldest;

    public TitleState? Find(PropertyState property, ulong hash, ReadOnlySpan<byte> name)
    {
        if (!byHash.TryGetValue(hash, out var title))
            return null;
        while (title is not null && !(title.Property == property && title.Name.AsSpan().SequenceEqual(name)))
            title = title.NextSameHash;
        return title;
    }

    public void Add(TitleState title)
    {
        if (byHash.TryGetValue(title.Hash, out var same))
            title.NextSameHash = same;
        byHash[title.Hash] = title;
        Count++;
        LinkNewest(title);
    }

    /// <summary>The title is the most recently seen one from now on.</summary>
    public void Touch(TitleState title)
    {
        if (title == newest)
            return;
        Unlink(title);
        LinkNewest(title);
    }

    public void Remove(TitleState title)
    {
        Unlink(title);
        Count--;
        if (byHash[title.Hash] == title)
        {
            if (title.NextSameHash is null)
                byHash.Remove(title.Hash);
            else
                byHash[title.Hash] = title.NextSameHash;
            return;
        }

        var before = byHash[title.Hash];
        while (before.NextSameHash != title)
            before = before.NextSameHash!;
        before.NextSameHash = title.NextSameHash;
    }

    public void Clear()
    {
        byHash.Clear();
        oldest = newest = null;
        Count = 0;
    }

    private void LinkNewest(TitleState title)
    {
        (title.SeenBefore, title.SeenAfter) = (newest, null);
        if (newest is null)
            oldest = title;
        else
            newest.SeenAfter = title;
        newest = title;
    }

    private void Unlink(TitleState title)
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
}
