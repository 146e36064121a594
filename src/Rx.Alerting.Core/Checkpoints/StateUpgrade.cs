using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>An entry with its fields by name.</summary>
internal readonly record struct ShownEntry(StateKey Key, JsonObject Fields);

/// <summary>Upgrades a state from one version to the next version.</summary>
/// <param name="From">The layout of the earlier version. It must never change.</param>
/// <param name="Step">Turns all entries of the state into those of the next version. Sections come in the layout's order.</param>
internal sealed record StateUpgrade(StateLayout From, Func<IEnumerable<ShownEntry>, IEnumerable<ShownEntry>> Step)
{
    /// <summary>A step that changes each entry on its own, and keeps the key.</summary>
    public static StateUpgrade OfEach(StateLayout from, Action<JsonObject> change) => new(
        from,
        entries => entries.Select(entry =>
        {
            change(entry.Fields);
            return entry;
        }));
}
