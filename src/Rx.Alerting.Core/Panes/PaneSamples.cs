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
/// <para>
/// Views that are the same, such as the lines of a log in one second, are one sample with a number. No level could tell them apart: a
/// group that has too many of them would lose all of them.
/// </para>
/// </remarks>
internal sealed class PaneSamples
{
    /// <summary>The most views of a group. Of views that succeeded, short panes have fewer (<see cref="Begin"/>).</summary>
    public const int MostFailed = 128, MostSucceeded = 64;

    /// <summary>A pane of so many milliseconds has the most views that succeeded; a shorter one has its part of them, or a few.</summary>
    private const long LongPane = 15_000, Few = 4;

    /// <summary>
    /// No level is higher. Only views that are made so that they have the same hash do not become fewer by it.
    /// </summary>
    public const int HighestLevel = 31;

    /// <summary>The level of views that succeeded, as decoders keep one in so many.</summary>
    public static readonly int SucceededLevel = BitOperations.Log2(CircumstanceSample.Every);

    private PaneSampleGroups groups = new();
    private Sample[] samples = new Sample[16];
    private int used;
    private int free = -1;
    private int mostSucceeded = MostSucceeded;

    public int GroupCount => groups.Count;

    /// <summary>Bytes of memory, used or not, without texts.</summary>
    public long RoomBytes => ((long)samples.Length * Unsafe.SizeOf<Sample>()) + groups.RoomBytes;

    /// <summary>Bytes of memory that have views.</summary>
    public long UsedBytes => ((long)used * Unsafe.SizeOf<Sample>()) + groups.UsedBytes;

    public ref readonly Group this[int group] => ref groups[group];

    public ref readonly Sample Sampled(int sample) => ref samples[sample];

    /// <summary>Says for which time the views are: a minute of dense traffic needs no more of them than one of thin traffic.</summary>
    /// <param name="interval">Event time of the pane in milliseconds.</param>
    public void Begin(long interval) => mostSucceeded = (int)Math.Clamp(MostSucceeded * interval / LongPane, Few, MostSucceeded);

    public void Clear()
    {
        groups.Clear();
        (used, free) = (0, -1);
    }

    /// <summary>The group of a property's views with one outcome. Adds the group if there is none.</summary>
    /// <param name="cell">The property's cell.</param>
    /// <param name="error">The property's errors of the type; -1: the views succeeded.</param>
    public int FindOrAdd(int cell, int error) => groups.FindOrAdd(cell, error);

    /// <summary>Whether a group keeps a view with this hash.</summary>
    public bool Keeps(int group, ulong hash) => IsOf(groups[group].Level, hash);

    /// <summary>Counts views that are the same as a sample of the group.</summary>
    /// <param name="group">Their group.</param>
    /// <param name="hash">Of their contents.</param>
    /// <param name="values">Their circumstances.</param>
    /// <param name="views">How many.</param>
    /// <param name="text">The pane's text.</param>
    /// <returns>Whether there is such a sample.</returns>
    public bool TryCount(int group, ulong hash, ReadOnlySpan<byte> values, int views, in TextArena text)
    {
        for (var i = groups[group].First; i >= 0; i = samples[i].Next)
        {
            if (samples[i].Hash != hash || !text[samples[i].Values].SequenceEqual(values))
                continue;
            samples[i].Views += views;
            return true;
        }

        return false;
    }

    /// <summary>Adds a sample that its group keeps, and has not got yet.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="hash">Of the view's contents.</param>
    /// <param name="values">Where in the pane's text its circumstances are.</param>
    /// <param name="views">How many views are the same.</param>
    public void Add(int group, ulong hash, TextRange values, int views)
    {
        ref var to = ref groups[group];
        var most = to.Error < 0 ? mostSucceeded : MostFailed;
        if (to.Count >= most && to.Level == HighestLevel)
            return;
        var added = Take();
        samples[added] = new() { Hash = hash, Values = values, Views = views, Next = to.First };
        to.First = added;
        to.Count++;
        while (to.Count > most && to.Level < HighestLevel)
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

    /// <summary>Whether a group of a level keeps a view with this hash.</summary>
    public static bool IsOf(int level, ulong hash) => (hash & ((1UL << level) - 1)) == 0;

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

        /// <summary>How many samples it has.</summary>
        public int Count;

        /// <summary>Index of the first sample, or -1.</summary>
        public int First;

        /// <summary>Index of the next group with the same hash, or -1.</summary>
        public int Next;
    }

    internal struct Sample
    {
        public ulong Hash;

        /// <summary>Where in the pane's text its circumstances are (<see cref="SampledValues"/>).</summary>
        public TextRange Values;

        /// <summary>How many views are the same.</summary>
        public int Views;

        /// <summary>Index of the group's next sample, or -1.</summary>
        public int Next;
    }
}
