using System.Runtime.InteropServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>All titles, found by property and name, in the order in which they were last <see cref="Touch">touched</see>.</summary>
internal sealed class TitleTable
{
    private readonly Dictionary<ulong, TitleState?> byHash = [];
    private TitleState? oldest;
    private TitleState? newest;

    public int Count { get; private set; }

    /// <summary>The title not seen for the longest time; the others follow by <see cref="TitleState.SeenAfter"/>.</summary>
    public TitleState? Oldest => oldest;

    /// <summary>
    /// The title of <paramref name="property"/> whose name has the 64-bit hash <paramref name="hash"/>. The name itself is not
    /// read: of a million titles of one property, two share a hash once in 40 million times.
    /// </summary>
    public TitleState? Find(PropertyState property, ulong hash)
    {
        if (!byHash.TryGetValue(KeyHash.Combine(property.Hash, hash), out var title))
            return null;
        while (title is not null && !(title.Hash == hash && title.Property == property))
            title = title.NextSameHash;
        return title;
    }

    public void Add(TitleState title)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(byHash, title.CombinedHash, out _);
        title.NextSameHash = head;
        head = title;
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
        var before = byHash[title.CombinedHash]!;
        if (before != title)
        {
            while (before.NextSameHash != title)
                before = before.NextSameHash!;
            before.NextSameHash = title.NextSameHash;
        }
        else if (title.NextSameHash is { } next)
        {
            byHash[title.CombinedHash] = next;
        }
        else
        {
            byHash.Remove(title.CombinedHash);
        }
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
