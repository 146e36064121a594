namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Remembers which of a state's items have changed since the last save, and which of the saved ones are gone.</summary>
/// <param name="tracks">False: nobody will ask, nothing is remembered.</param>
internal sealed class ChangeLog<T>(bool tracks)
    where T : notnull
{
    private readonly HashSet<T> changed = [];
    private readonly HashSet<T> saved = [];
    private readonly List<T> gone = [];

    /// <summary>The item is new, or not as it was.</summary>
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

    /// <summary>The item is as the checkpoint has it.</summary>
    public void Loaded(T item)
    {
        if (tracks)
            saved.Add(item);
    }

    /// <summary>Gives every change since the last time to one of the two.</summary>
    public void Take(Action<T> write, Action<T> remove)
    {
        // An item that has gone and come again is written, not removed.
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
