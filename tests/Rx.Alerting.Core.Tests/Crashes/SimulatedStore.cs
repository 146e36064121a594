using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The store that all processes share. The store may lose its latest commits.</summary>
internal sealed class SimulatedStore(SplitMix random)
{
    private readonly Dictionary<string, int> commits = [];
    private readonly Dictionary<string, int> losses = [];
    private int comparisons;
    private readonly Dictionary<string, bool> finished = [];
    private readonly HashSet<(string Pipeline, CommandOutcome Outcome)> taken = [];

    /// <summary>How often the store has gone back.</summary>
    public int RollBacks { get; private set; }

    /// <summary>How often the store has lost commits of one pipeline.</summary>
    public int Losses(string pipeline) => losses.GetValueOrDefault(pipeline);

    public InMemoryCheckpointStore Kept { get; } = new();

    public CheckpointHead? Head(string pipeline) => Kept.FindAsync(pipeline, CancellationToken.None).GetAwaiter().GetResult();

    public bool IsDamaged(string pipeline) => Kept.IsDamaged(pipeline);

    /// <summary>A part of a commit takes effect, as in a store that applies the changes one by one.</summary>
    public void Tear(CheckpointCommit commit)
    {
        Kept.Tear(commit, 1 + random.Next(Math.Max(1, commit.Changes.Removed.Count + commit.Changes.Written.Count)));
        finished.Remove(commit.Pipeline);
    }

    /// <summary>A whole section is lost, or some entries of all sections.</summary>
    public void Vanish(string pipeline)
    {
        var (section, part) = (StateSections.All[random.Next(StateSections.All.Count)], (ulong)random.Next(5));
        Kept.Vanish(pipeline, random.Next(2) == 0 ? key => key.Section == section : key => (key.High ^ key.Low) % 5 == part);
        finished.Remove(pipeline);
    }

    /// <summary>The operator puts a copy back, because a process has refused to go on from an incomplete checkpoint.</summary>
    public void Mend(string pipeline)
    {
        Kept.Mend(pipeline);
        finished.Remove(pipeline);
    }

    public bool Has(string pipeline, CommandOutcome outcome) => Outcomes(pipeline).Contains(outcome);

    /// <summary>Whether a commit with the outcome has taken effect at any time.</summary>
    public bool HasHad(string pipeline, CommandOutcome outcome) => taken.Contains((pipeline, outcome));

    public IEnumerable<CommandOutcome> Outcomes(string pipeline) => Kept.Entries(pipeline)
        .Where(entry => entry.Key is { Section: StateSections.Commands, High: ControlState.OutcomeEntry })
        .Select(entry => CommandOutcome.Load(new StateReader(entry.Value)));

    public IEnumerable<string> Silences(string pipeline) => Kept.Entries(pipeline)
        .Where(entry => entry.Key is { Section: StateSections.Commands, High: ControlState.SilenceEntry })
        .Select(entry => Silence.Load(unchecked((long)entry.Key.Low), new StateReader(entry.Value)).Id);

    public async Task CommitAsync(CheckpointCommit commit, CancellationToken cancel)
    {
        var before = Head(commit.Pipeline)?.Id;
        await Kept.CommitAsync(commit, cancel);
        finished.Remove(commit.Pipeline);
        foreach (var entry in commit.Changes.Written)
        {
            if (entry.Key is { Section: StateSections.Commands, High: ControlState.OutcomeEntry })
                taken.Add((commit.Pipeline, CommandOutcome.Load(new StateReader(entry.Value))));
        }

        if (before != commit.Id)
            commits[commit.Pipeline] = commits.GetValueOrDefault(commit.Pipeline) + 1;
    }

    public void RollBack(string pipeline)
    {
        var lost = Math.Min(commits.GetValueOrDefault(pipeline), 1 + random.Next(3));
        if (lost == 0)
            return;
        commits[pipeline] -= lost;
        RollBacks++;
        losses[pipeline] = Losses(pipeline) + 1;
        Kept.RollBack(pipeline, lost);
        finished.Remove(pipeline);
    }

    /// <summary>
    /// The entries in the order of their keys. Watermarks are left out, because the last watermark depends on which shard ends first. Of
    /// the cursors, attempts are left out: the last attempt to begin may have failed when there was nothing to deliver.
    /// </summary>
    public IReadOnlyList<string> Shown(string pipeline)
    {
        var entries = AddedUp(Kept.Entries(pipeline)).Where(entry => entry.Key.Section != StateSections.Watermarks);
        return [.. entries.Select(entry => $"{entry.Key} {Shown(entry.Key, entry.Value)}").Order(StringComparer.Ordinal)];
    }

    private static string Shown(StateKey key, byte[] value) => key is { Section: StateSections.Outbox, High: OutboxLayout.CursorEntry }
        ? $"{ChannelCursor.Load(new StateReader(value)) with { Attempts = 0, NextAttempt = null }}"
        : Convert.ToHexString(value);

    public void AssertHolds(string pipeline, IReadOnlyList<StateEntry> saved)
    {
        // Circumstances take long to add up.
        var isSkipped = ++comparisons % 8 != 0;
        var (all, entries) = (saved, Kept.Entries(pipeline));
        if (isSkipped)
        {
            all = [.. saved.Where(entry => !IsOfCircumstances(entry.Key))];
            entries = entries.Where(entry => !IsOfCircumstances(entry.Key)).ToDictionary(entry => entry.Key, entry => entry.Value);
        }

        var held = AddedUp(entries);
        foreach (var (key, value) in all)
            Assert.True(
                held.TryGetValue(key, out var kept) && value.Span.SequenceEqual(kept),
                $"After a commit the store does not hold {key} as the pipeline does.");
        Assert.Equal(all.Count, held.Count);
    }

    private static bool IsOfCircumstances(StateKey key) => key.Section is StateSections.Facets or StateSections.FacetBuckets;

    /// <summary>Adds up the entries of each pane, and of each bucket of circumstances, to one entry, as in a savepoint.</summary>
    private static Dictionary<StateKey, byte[]> AddedUp(IReadOnlyDictionary<StateKey, byte[]> entries)
    {
        IOperatorState[] states = [new PaneState(new WindowOptions().PaneInterval), new FacetState(long.MaxValue, _ => false)];
        var whole = new ChangeWriter();
        foreach (var state in states)
        {
            foreach (var section in state.Layout.Sections)
            {
                foreach (var (key, value) in entries.Where(entry => entry.Key.Section == section))
                    state.Load(key, new StateReader(value));
            }

            state.EndLoad();
            state.Save(whole, everything: true);
        }

        var sections = states.SelectMany(state => state.Layout.Sections).ToHashSet(StringComparer.Ordinal);
        return entries.Where(entry => !sections.Contains(entry.Key.Section)).Select(entry => (entry.Key, entry.Value))
            .Concat(whole.Build().Written.Select(entry => (entry.Key, Value: entry.Value.ToArray())))
            .ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    /// <summary>Whether the stream has been read to its end, all views are decided, and all changes are delivered.</summary>
    public bool IsFinished(string pipeline, IReadOnlyList<SimulatedShard> shards) =>
        finished.TryGetValue(pipeline, out var known) ? known : finished[pipeline] = LooksFinished(pipeline, shards);

    private bool LooksFinished(string pipeline, IReadOnlyList<SimulatedShard> shards)
    {
        if (IsDamaged(pipeline))
            return false;
        var (ended, open) = (0, 0);
        foreach (var (key, value) in Kept.Entries(pipeline))
        {
            var isEffect = key is { Section: StateSections.Outbox, High: OutboxLayout.ChangeEntry or OutboxLayout.OutcomeEntry };
            if (key.Section == StateSections.Panes || isEffect)
                open++;
            else if (key.Section == StateSections.Positions && Position(value) == SimulatedSource.End)
                ended++;
        }

        return ended == shards.Count && open == 0;
    }

    private static string? Position(byte[] entry)
    {
        var reader = new StateReader(entry);
        reader.String();
        return reader.String();
    }
}
