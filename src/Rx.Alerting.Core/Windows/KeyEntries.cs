using System.Runtime.InteropServices;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>The entries of properties and titles in a checkpoint, and which of them have changed since the latest save.</summary>
/// <remarks>Each key carries a flag: with a million titles, a set of changed keys would cost more than the changes.</remarks>
/// <param name="tracksChanges">False: nobody will ask for changes.</param>
internal sealed class KeyEntries(bool tracksChanges)
{
    private const ulong PropertyEntry = 0, DroppedEntry = 1;

    /// <summary>Bytes that a store adds to an entry: its key, and marks of begin and end.</summary>
    private const long KeyBytes = 64;

    /// <summary>A save of so many keys tells how long an entry is on average.</summary>
    private const int Many = 1000;

    /// <summary>So many keys are read ahead before they are written one by one.</summary>
    private const int Ahead = 32;

    private readonly List<Key> changed = [];
    private readonly HashSet<StateKey> gone = [];
    private readonly List<Title> loaded = [];
    private int readAhead;

    /// <summary>Average bytes of an entry in the latest save of many keys.</summary>
    private long entryBytes = 256;

    /// <summary>Properties come first: titles point to them.</summary>
    public static string[] Layout { get; } =
    [
        $"properties/{PropertyEntry}: {Key.Layout}, series [{PropertySeries.Layout}]",
        $"properties/{DroppedEntry}: droppedViews i64",
        $"titles: touchSequence i64, {Key.Layout}, series [{ErrorSeries.Layout}]",
    ];

    /// <inheritdoc cref="IOperatorState.ChangedBytes"/>
    public long ChangedBytes => (changed.Count * (entryBytes + KeyBytes)) + (gone.Count * KeyBytes);

    public static bool IsDropped(StateKey key) => key == new StateKey(StateSections.Properties, DroppedEntry, 0);

    public void Changed(Key key)
    {
        if (!tracksChanges || key.IsChanged)
            return;
        key.IsChanged = true;
        changed.Add(key);
    }

    public void Removed(Key key)
    {
        key.IsRemoved = true;
        if (tracksChanges && key.IsSaved)
            gone.Add(KeyOf(key));
    }

    public void WriteDropped(long dropped, ChangeWriter changes) =>
        changes.Begin(new StateKey(StateSections.Properties, DroppedEntry, 0)).Int64(dropped);

    public static void SaveAll(PropertyTable properties, TitleTable titles, ChangeWriter changes)
    {
        foreach (var property in properties.All)
            Write(property, changes);
        for (var title = titles.Oldest; title is not null; title = title.SeenAfter)
            Write(title, changes);
    }

    public void SaveChanges(ChangeWriter changes)
    {
        var before = changes.Length;
        for (var i = 0; i < changed.Count; i++)
        {
            if (i % Ahead == 0)
                ReadAhead(CollectionsMarshal.AsSpan(changed).Slice(i, Math.Min(Ahead, changed.Count - i)));
            var key = changed[i];
            key.IsChanged = false;
            if (key.IsRemoved)
                continue;
            Write(key, changes);
            key.IsSaved = true;
            gone.Remove(KeyOf(key)); // Forgotten, and seen again.
        }

        foreach (var key in gone)
            changes.Remove(key);
        if (changed.Count >= Many)
            entryBytes = (changes.Length - before) / changed.Count;
        changed.Clear();
        gone.Clear();
    }

    public void LoadTitle(StateKey key, StateReader reader, PropertyTable properties) =>
        loaded.Add(ReadTitle(reader, properties.Find(key.High) ?? throw WithoutProperty()));

    /// <summary>Reads the entry of a title of a property.</summary>
    public static Title ReadTitle(StateReader reader, Property property)
    {
        var sequence = reader.Int64();
        var title = Title.Load(reader, property);
        title.TouchSequence = sequence;
        return title;
    }

    public static CheckpointFormatException WithoutProperty() =>
        new("The checkpoint is damaged: a title has a property that is not there.");

    /// <summary>The titles that were loaded, in the order in which they were last touched.</summary>
    public IReadOnlyList<Title> TakeLoadedTitles()
    {
        Title[] titles = [.. loaded];
        loaded.Clear();
        Array.Sort(titles, (a, b) => a.TouchSequence.CompareTo(b.TouchSequence));
        return titles;
    }

    /// <summary>Reads the keys that are written next. Memory is slow: reading them ahead lets their cache misses overlap.</summary>
    private void ReadAhead(ReadOnlySpan<Key> keys)
    {
        foreach (var key in keys)
            readAhead += key.ReadAhead();
    }

    private static void Write(Key key, ChangeWriter changes)
    {
        var writer = changes.Begin(KeyOf(key));
        if (key is Title title)
            writer.Int64(title.TouchSequence);
        key.Save(writer);
    }

    private static StateKey KeyOf(Key key) => key is Title title
        ? new StateKey(StateSections.Titles, title.Property.Hash, title.Hash)
        : new StateKey(StateSections.Properties, PropertyEntry, key.Hash);
}
