namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Remembers which items of a state have changed since the last save, and which saved items are gone.</summary>
/// <param name="tracks">Whether anything is remembered. False if changes will never be asked for.</param>
internal sealed class ChangeLog<T>(bool tracks)
    where T : notnull
{
    private readonly HashSet<T> changed = [];
    private readonly HashSet<T> saved = [];
    private readonly List<T> gone = [];

    /// <summary>How many items are new or have changed.</summary>
    public int ChangedCount => changed.Count;

    /// <summary>How many saved items are gone.</summary>
    public int GoneCount => gone.Count;

    /// <summary>The item is new or has changed.</summary>
    public void Changed(T item)
    {
        if (tracks)
            changed.Add(item);
    }

    public void Removed(T item)
    {
        changed.Remove(item);
        if (saved.Remove(item))
            gone.Add(item);
    }

    /// <summary>The item was loaded from the checkpoint.</summary>
    public void Loaded(T item)
    {
        if (tracks)
            saved.Add(item);
    }

    /// <summary>Tells every change since the last call, and forgets the changes.</summary>
    /// <param name="write">Called for each item that is new or has changed.</param>
    /// <param name="remove">Called for each saved item that is gone.</param>
    public void Take(Action<T> write, Action<T> remove)
    {
        // An item that was gone and has come again is written, not removed.
        foreach (var item in gone.Where(item => !changed.Contains(item)))
            remove(item);
        foreach (var item in changed)
        {
            write(item);
            saved.Add(item);
        }

        gone.Clear();
        changed.Clear();
    }
}
