using System.Diagnostics.CodeAnalysis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Control;

/// <summary>What people have decided about the pipeline itself: options that were set while it ran, and whether it rests.</summary>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class OperationState(bool tracksChanges)
{
    /// <summary>The kinds of entries. There is one of each at most.</summary>
    public const ulong OptionsEntry = 3, PauseEntry = 4;

    private readonly SortedDictionary<string, AdjustedOption> options = new(StringComparer.Ordinal);
    private readonly ChangeLog<ulong> log = new(tracksChanges);

    public static string OptionsLayout => $"version i64, options [{AdjustedOption.Layout}]";

    /// <summary>The number of the latest change of options. It grows with each change.</summary>
    public long Version { get; private set; }

    /// <summary>The options that were set, by key.</summary>
    public IReadOnlyList<AdjustedOption> Options { get; private set; } = [];

    /// <summary>Null: the pipeline does not rest.</summary>
    public Pause? Paused { get; private set; }

    public bool TryFind(string key, [NotNullWhen(true)] out AdjustedOption? option) => options.TryGetValue(key, out option);

    /// <summary>Options were set, or set back, as one change.</summary>
    /// <param name="set">Of the next version.</param>
    /// <param name="reset">The keys that are as configured from now on.</param>
    public void Change(IEnumerable<AdjustedOption> set, IEnumerable<string> reset)
    {
        Version++;
        foreach (var key in reset)
            options.Remove(key);
        foreach (var option in set)
            options[option.Key] = option;
        Options = [.. options.Values];
        log.Changed(OptionsEntry);
    }

    public void Rest(Pause pause)
    {
        Paused = pause;
        log.Changed(PauseEntry);
    }

    public void GoOn()
    {
        Paused = null;
        log.Removed(PauseEntry);
    }

    /// <summary>
    /// After a load: puts the options that were set in force, over what is configured now. An option that cannot hold any more, because
    /// of the configuration or of another release, is dropped.
    /// </summary>
    /// <returns>What was dropped, each a sentence.</returns>
    public IReadOnlyList<string> PutInForce(AdjustableOptions adjustable)
    {
        var dropped = new List<string>();
        var kept = new List<AdjustedOption>();
        foreach (var option in Options.OrderBy(option => option.Version))
        {
            var faults = adjustable.Set([KeyValuePair.Create(option.Key, (string?)option.Value)]);
            if (faults.Count == 0)
                kept.Add(option with { Configured = adjustable.Configured(option.Key) });
            else
                dropped.Add($"{option.Key} = {option.Value}, set by {option.By}, is dropped: {string.Join("; ", faults)}");
        }

        kept.ForEach(option => options[option.Key] = option);
        Options = [.. kept.OrderBy(option => option.Key, StringComparer.Ordinal)];
        if (dropped.Count > 0)
            Change([], options.Keys.Except(kept.Select(option => option.Key)).ToList());
        return dropped;
    }

    public void Save(ChangeWriter changes, Func<ulong, StateKey> keyOf, bool everything)
    {
        if (everything)
        {
            if (Version > 0)
                Write(OptionsEntry);
            if (Paused is not null)
                Write(PauseEntry);
        }
        else
        {
            log.Take(Write, kind => changes.Remove(keyOf(kind)));
        }

        void Write(ulong kind) => Save(kind, changes.Begin(keyOf(kind)));
    }

    public void LoadOptions(StateReader reader)
    {
        Version = reader.Int64();
        for (var left = reader.Count(); left > 0; left--)
        {
            var option = AdjustedOption.Load(reader);
            options.Add(option.Key, option);
        }

        Options = [.. options.Values];
        log.Loaded(OptionsEntry);
    }

    public void LoadPause(StateReader reader)
    {
        Paused = Pause.Load(reader);
        log.Loaded(PauseEntry);
    }

    private void Save(ulong kind, StateWriter writer)
    {
        if (kind == PauseEntry)
        {
            Paused!.Save(writer);
            return;
        }

        writer.Int64(Version);
        writer.Int32(options.Count);
        foreach (var option in options.Values)
            option.Save(writer);
    }
}
