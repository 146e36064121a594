namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Collects changed entries end to end in one buffer.</summary>
internal sealed class ChangeWriter
{
    private readonly StateWriter writer = new();
    private readonly List<(StateKey Key, int Start)> begun = [];
    private readonly List<StateKey> removed = [];

    /// <summary>Begins an entry; what is written until the next call is its value.</summary>
    public StateWriter Begin(StateKey key)
    {
        begun.Add((key, writer.Written.Length));
        return writer;
    }

    public void Remove(StateKey key) => removed.Add(key);

    /// <summary>All that was collected. Nothing more may be written.</summary>
    public StateChanges Build()
    {
        var all = writer.Written;
        var written = new StateEntry[begun.Count];
        for (var i = 0; i < written.Length; i++)
        {
            var (key, start) = begun[i];
            var end = i + 1 < written.Length ? begun[i + 1].Start : all.Length;
            written[i] = new StateEntry(key, all[start..end]);
        }

        return new StateChanges(written, removed);
    }
}
