using System.Text;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Looks through properties or titles for those that fit, in short steps, so that nobody waits for long.</summary>
/// <remarks>
/// Between two steps keys may come and go. A key that is there all the time is found, and found once. A search that keys are taken away
/// from at every step gives up counting exactly: it goes on behind the property.
/// </remarks>
internal sealed class KeySearch
{
    /// <summary>Keys of a step. Each may wait for memory a few times.</summary>
    private const int KeysOfAStep = 1000;

    /// <summary>So often the titles of one property are looked through anew, after the title at which a step ended was forgotten.</summary>
    private const int MaximumReturns = 5;

    private readonly WindowState windows;
    private readonly RateQuestion question;
    private readonly Property[] properties;
    private readonly PriorityQueue<Key, Rank> best;
    private readonly int reach;
    private readonly char[] letters = new char[KeyLimit];
    private int property;
    private Title? title;
    private bool isInProperty;

    /// <summary>What was found before the titles of the property, to go back to.</summary>
    private (int Total, (Key, Rank)[] Best) before;
    private int returns;

    /// <param name="windows">Has the keys. At rest now, and during each step.</param>
    /// <param name="question">Which keys.</param>
    public KeySearch(WindowState windows, RateQuestion question)
    {
        (this.windows, this.question) = (windows, question);
        reach = Math.Min(RateQuestion.MaximumReach, question.Skip + question.Take);
        best = new(reach + 1, Comparer<Rank>.Create((one, other) => other.CompareTo(one)));
        properties = question.Property is { } name
            ? windows.FindProperty(Encoding.UTF8.GetBytes(name)) is { } found ? [found] : []
            : windows.AllProperties();
        if (question.IsVisible is { } isVisible)
            properties = [.. properties.Where(one => isVisible(Encoding.UTF8.GetString(one.Name)))];
    }

    /// <summary>The longest part of a name that is looked at, in characters.</summary>
    private const int KeyLimit = 1024;

    /// <summary>Number of keys that fit.</summary>
    public int Total { get; private set; }

    /// <summary>The first keys, in the order that was asked for. The search is at its end.</summary>
    public IReadOnlyList<(Key Key, double Rank)> Found { get; private set; } = [];

    /// <summary>Looks at some keys.</summary>
    /// <returns>Whether the search is at its end.</returns>
    public bool Step()
    {
        for (var left = KeysOfAStep; left > 0 && property < properties.Length;)
            left -= question.OfTitles ? LookAtTitles(properties[property], left) : LookAt(properties[property++]);
        if (property < properties.Length)
            return false;
        var found = new (Key, double)[best.Count];
        for (var i = found.Length - 1; i >= 0; i--)
        {
            best.TryDequeue(out var key, out var rank);
            found[i] = (key!, rank.Number);
        }

        Found = found;
        return true;
    }

    /// <returns>How many keys were looked at.</returns>
    private int LookAtTitles(Property of, int most)
    {
        if (question.Title is { } id)
        {
            property++;
            var one = windows.FindTitle(of, Encoding.UTF8.GetBytes(id));
            return one?.Property == of && one.Name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(id)) ? LookAt(one) : 1;
        }

        if (!isInProperty)
            Enter(of);
        else if (title?.IsRemoved == true && !TryReturn(of))
            title = null;
        var count = 1;
        for (; title is not null && count < most; title = title.NextOfProperty)
            count += LookAt(title);
        if (title is null)
            (isInProperty, returns, property) = (false, 0, property + 1);
        return count;
    }

    private void Enter(Property of) =>
        (title, isInProperty, before) = (of.FirstTitle, true, (Total, [.. best.UnorderedItems]));

    /// <summary>The titles of the property are looked through anew: where the search was, nothing follows any more.</summary>
    private bool TryReturn(Property of)
    {
        if (returns++ == MaximumReturns)
            return false;
        title = of.FirstTitle;
        Total = before.Total;
        best.Clear();
        best.EnqueueRange(before.Best);
        return true;
    }

    private int LookAt(Key key)
    {
        if (!Fits(key))
            return 1;
        Total++;
        var rank = RankOf(key);
        if (best.Count < reach)
            best.Enqueue(key, rank);
        else if (reach > 0)
            best.EnqueueDequeue(key, rank);
        return 1;
    }

    private bool Fits(Key key)
    {
        if (key.IsRemoved)
            return false;
        if (question.Search is not { Length: > 0 } part)
            return true;
        Encoding.UTF8.TryGetChars(key.Name, letters, out var written);
        return letters.AsSpan(0, written).Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private Rank RankOf(Key key) => question.Order switch
    {
        RateOrder.Name => new(0, key),
        RateOrder.Views => new(key.Position, key),
        RateOrder.Errors => new(key.WindowErrors, key),
        _ => new(windows.DeviationOf(key), key),
    };

    /// <summary>The larger number comes first, then the earlier name.</summary>
    private readonly record struct Rank(double Number, Key Key) : IComparable<Rank>
    {
        public int CompareTo(Rank other)
        {
            var byNumber = other.Number.CompareTo(Number);
            if (byNumber != 0)
                return byNumber;
            var byName = Key.Name.AsSpan().SequenceCompareTo(other.Key.Name);
            return byName != 0 ? byName : PropertyOf(Key).CompareTo(PropertyOf(other.Key));
        }

        private static ulong PropertyOf(Key key) => (key as Title)?.Property.Hash ?? key.Hash;
    }
}
