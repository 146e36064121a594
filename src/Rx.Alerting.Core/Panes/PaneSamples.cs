using System.Numerics;
using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>
/// The views of a pane whose circumstances are known: failed ones by their error type, and a sample of those that succeeded.
/// </summary>
/// <remarks>
/// <para>
/// Views of one property and outcome are a group. A group has a level: it keeps the views whose hashes end in so many zero bits. When a
/// group has too many views, its level rises. So a view of a group stands for 2^level views.
/// </para>
/// <para>
/// The level is the lowest that leaves few enough views. It does not depend on the order in which views come, or panes are added up.
/// </para>
/// </remarks>
internal sealed class PaneSamples
{
    /// <summary>The most views of a group.</summary>
    public const int MostFailed = 128, MostSucceeded = 64;

    /// <summary>
    /// No level is higher. Only views that are the same, or are made so that they seem the same, do not become fewer by it.
    /// </summary>
    public const int HighestLevel = 31;

    /// <summary>The level of views that succeeded, as decoders keep one in so many.</summary>
    public static readonly int SucceededLevel = BitOperations.Log2(CircumstanceSample.Every);

    private readonly Dictionary<(int Cell, int Error), int> index = [];
    private Group[] groups = new Group[4];
    private Sample[] samples = new Sample[16];
    private int used;
    private int free = -1;

    public int GroupCount { get; private set; }

    /// <summary>Bytes of memory, used or not, without texts.</summary>
    public long RoomBytes => ((long)samples.Length * Unsafe.SizeOf<Sample>()) + (groups.Length * (Unsafe.SizeOf<Group>() + 24L));

    /// <summary>Bytes of memory that have views.</summary>
    public long UsedBytes => ((long)used * Unsafe.SizeOf<Sample>()) + (GroupCount * (Unsafe.SizeOf<Group>() + 24L));

    public ref readonly Group this[int group] => ref groups[group];

    public ref readonly Sample Sampled(int sample) => ref samples[sample];

    public void Clear()
    {
        index.Clear();
        (GroupCount, used, free) = (0, 0, -1);
    }

    /// <summary>The group of a property's views with one outcome. Adds the group if there is none.</summary>
    /// <param name="cell">The property's cell.</param>
    /// <param name="error">The property's errors of the type; -1: the views succeeded.</param>
    public int FindOrAdd(int cell, int error)
    {
        if (index.TryGetValue((cell, error), out var group))
            return group;
        if (GroupCount == groups.Length)
            Array.Resize(ref groups, groups.Length * 2);
        groups[GroupCount] = new() { Cell = cell, Error = error, Level = error < 0 ? SucceededLevel : 0, First = -1 };
        index.Add((cell, error), GroupCount);
        return GroupCount++;
    }

    /// <summary>Whether a group keeps a view with this hash.</summary>
    public bool Keeps(int group, ulong hash) => IsOf(groups[group].Level, hash);

    /// <summary>Adds a view that its group keeps.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="hash">Of the view's contents.</param>
    /// <param name="values">Where in the pane's text its circumstances are.</param>
    public void Add(int group, ulong hash, TextRange values)
    {
        ref var to = ref groups[group];
        if (to.Count >= to.Most && to.Level == HighestLevel)
            return;
        var added = Take();
        samples[added] = new() { Hash = hash, Values = values, Next = to.First };
        to.First = added;
        to.Count++;
        while (to.Count > to.Most && to.Level < HighestLevel)
            Raise(group, to.Level + 1);
    }

    /// <summary>Raises the level of a group, unless it is as high already.</summary>
    public void Raise(int group, int level)
    {
        ref var of = ref groups[group];
        if (level <= of.Level)
            return;
        of.Level = level;
        ref var link = ref of.First;
        while (link >= 0)
        {
            var sample = link;
            if (IsOf(level, samples[sample].Hash))
            {
                link = ref samples[sample].Next;
                continue;
            }

            link = samples[sample].Next;
            samples[sample].Next = free;
            free = sample;
            of.Count--;
        }
    }

    private static bool IsOf(int level, ulong hash) => (hash & ((1UL << level) - 1)) == 0;

    private int Take()
    {
        if (free >= 0)
        {
            var taken = free;
            free = samples[taken].Next;
            return taken;
        }

        if (used == samples.Length)
            Array.Resize(ref samples, used * 2);
        return used++;
    }

    /// <summary>Views of one property and outcome.</summary>
    internal struct Group
    {
        /// <summary>Index of the property's cell.</summary>
        public int Cell;

        /// <summary>Index of the property's errors of a type; -1: the views succeeded.</summary>
        public int Error;

        public int Level;
        public int Count;

        /// <summary>Index of the first view, or -1.</summary>
        public int First;

        public readonly int Most => Error < 0 ? MostSucceeded : MostFailed;
    }

    internal struct Sample
    {
        public ulong Hash;

        /// <summary>Where in the pane's text its circumstances are (<see cref="SampledValues"/>).</summary>
        public TextRange Values;

        /// <summary>Index of the group's next view, or -1.</summary>
        public int Next;
    }
}
