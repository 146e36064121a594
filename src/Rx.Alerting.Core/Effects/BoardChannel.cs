using System.Collections.Concurrent;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>The channel to the board. It keeps the part of each pipeline in this process as the pipeline's history is.</summary>
/// <param name="board">Where incidents are shown.</param>
/// <param name="maximumHistory">Incidents of a pipeline that are kept.</param>
/// <param name="ownerEpoch">Asked where the board has a later epoch.</param>
public sealed class BoardChannel(IBoard board, int maximumHistory, OwnerEpoch ownerEpoch) : IChannel
{
    private readonly ConcurrentDictionary<string, Part> parts = new(StringComparer.Ordinal);

    /// <inheritdoc cref="IChannel.Name"/>
    public const string ChannelName = "board";

    public string Name => ChannelName;

    /// <summary>Called when the board has changed, on the thread of a courier.</summary>
    public event Action? Posted;

    /// <summary>Called when the board shows the history of a pipeline that has begun, or when the pipeline has ended here.</summary>
    public event Action<string>? Settled;

    public async Task BeginAsync(ChannelBeginning beginning, CancellationToken cancel)
    {
        var part = new Part(beginning, maximumHistory);
        parts[beginning.Pipeline] = part;
        await part.UseAsync(() => ReplaceAsync(part, cancel), cancel);
        Settled?.Invoke(part.Pipeline);
    }

    public async Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        if (!parts.TryGetValue(pipeline, out var part))
            return effects.Count; // It has ended: whoever has the pipeline now shows its incidents.
        await part.UseAsync(() => PostAsync(part, effects, cancel), cancel);
        return effects.Count;
    }

    public void End(string pipeline)
    {
        parts.TryRemove(pipeline, out _);
        Settled?.Invoke(pipeline);
    }

    /// <summary>Writes the parts of this process again that are not on the board as they should be: it has lost them.</summary>
    /// <param name="whole">What the board has.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task RepairAsync(BoardReading whole, CancellationToken cancel)
    {
        var shown = whole.Entries.ToLookup(entry => entry.Pipeline, StringComparer.Ordinal);
        foreach (var (pipeline, part) in parts)
        {
            var owner = whole.Parts.GetValueOrDefault(pipeline);
            if (owner == part.Epoch ? !part.IsShown(shown[pipeline]) : await IsOursAsync(part, owner, cancel))
                await part.UseAsync(() => RepairAsync(part, cancel), cancel);
        }
    }

    /// <summary>Unless the pipeline has begun anew meanwhile: an earlier epoch must not take the part back.</summary>
    private Task RepairAsync(Part part, CancellationToken cancel) =>
        parts.TryGetValue(part.Pipeline, out var current) && current == part ? ReplaceAsync(part, cancel) : Task.CompletedTask;

    private async Task PostAsync(Part part, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        var entries = part.Apply(effects);
        var owner = await board.PostAsync(part.Pipeline, part.Epoch, entries, [.. part.Gone], cancel);
        if (owner != part.Epoch && await IsOursAsync(part, owner, cancel))
            await ReplaceAsync(part, cancel);
        part.Gone.Clear();
        Posted?.Invoke();
    }

    /// <summary>
    /// Whether this process has a pipeline whose part is in the hands of another epoch. An earlier epoch is over. A later one usually is
    /// another process, and this one is about to hear of it. But after a store has gone back, epochs begin again.
    /// </summary>
    private async Task<bool> IsOursAsync(Part part, long owner, CancellationToken cancel) =>
        owner < part.Epoch || await ownerEpoch(part.Pipeline, cancel) == part.Epoch;

    private async Task ReplaceAsync(Part part, CancellationToken cancel)
    {
        await board.ReplaceAsync(part.Pipeline, part.Epoch, part.Entries, cancel);
        Posted?.Invoke();
    }

    /// <summary>What the board should show of one pipeline.</summary>
    private sealed class Part
    {
        private readonly SemaphoreSlim turn = new(1);
        private readonly IncidentHistory history;

        public Part(ChannelBeginning beginning, int maximumHistory)
        {
            (Pipeline, Epoch, history) = (beginning.Pipeline, beginning.Epoch, new IncidentHistory(maximumHistory));
            foreach (var incident in beginning.History)
                history.Apply(incident);
        }

        public string Pipeline { get; }

        public long Epoch { get; }

        /// <summary>Incidents that had to go, and may be on the board.</summary>
        public HashSet<string> Gone { get; } = new(StringComparer.Ordinal);

        public IReadOnlyList<BoardEntry> Entries => [.. history.All.Select(incident => BoardEncoding.Encode(Pipeline, incident))];

        /// <summary>One at a time: a delivery, or a repair.</summary>
        public async Task UseAsync(Func<Task> use, CancellationToken cancel)
        {
            await turn.WaitAsync(cancel);
            try
            {
                await use();
            }
            finally
            {
                turn.Release();
            }
        }

        /// <summary>Takes effects, and gives the incidents whose state they have changed. Effects that come again give the same.</summary>
        public List<BoardEntry> Apply(IReadOnlyList<Effect> effects)
        {
            var changed = new HashSet<string>(StringComparer.Ordinal);
            foreach (var incident in effects.OfType<ChangeEffect>().Select(effect => effect.Change.Incident))
            {
                // The history of a checkpoint may be ahead of its outbox.
                if (!(history.Find(incident.Id)?.UpdatedAt > incident.UpdatedAt))
                    Gone.UnionWith(history.Apply(incident));
                changed.Add(incident.Id);
            }

            Gone.RemoveWhere(id => history.Find(id) is not null);
            return [.. changed.Select(history.Find).OfType<Incident>().Select(incident => BoardEncoding.Encode(Pipeline, incident))];
        }

        public bool IsShown(IEnumerable<BoardEntry> shown)
        {
            var values = shown.ToDictionary(entry => entry.Id, entry => entry.Value, StringComparer.Ordinal);
            return values.Count == history.All.Count
                && Entries.All(entry => values.TryGetValue(entry.Id, out var value) && value.Span.SequenceEqual(entry.Value.Span));
        }
    }
}
