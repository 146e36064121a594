using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>An entry by the names of its fields.</summary>
internal readonly record struct ShownEntry(StateKey Key, JsonObject Fields);

/// <summary>How a state of one version becomes one of the next version.</summary>
/// <param name="From">The layout of the earlier version, as it was; it stays for ever.</param>
/// <param name="Step">All entries of the state, sections in the layout's order → those of the next version.</param>
internal sealed record StateUpgrade(StateLayout From, Func<IEnumerable<ShownEntry>, IEnumerable<ShownEntry>> Step)
{
    /// <summary>A step that changes entries one by one, and keeps their keys.</summary>
    public static StateUpgrade OfEach(StateLayout from, Action<JsonObject> change) => new(
        from,
        entries => entries.Select(entry =>
        {
            change(entry.Fields);
            return entry;
        }));
}
