using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary>A pipeline's checkpoint in the store that the settings name.</summary>
internal sealed record StoredPipeline(ICheckpointStore Store, string Name, CheckpointHead Head)
{
    /// <summary>Opens a store that exists. Looking for a checkpoint must not make a new file.</summary>
    /// <exception cref="CommandFailedException">There is no file of checkpoints at the path of the settings.</exception>
    public static ICheckpointStore OpenStore(Settings settings)
    {
        if (settings.Store.Kind == StoreKind.Sqlite && !Path.Exists(settings.Sqlite.Path))
        {
            throw new CommandFailedException(
                $"there is no file {settings.Sqlite.Path}: say where checkpoints are with --set Sqlite:Path=… or --store redis, "
                + "as for rx-alerting run.");
        }

        return CheckpointStores.Open(settings);
    }

    /// <param name="store">Has the pipeline.</param>
    /// <param name="name">The pipeline's name. Null for the only pipeline of the store.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="CommandFailedException">There is no such pipeline. The message names the pipelines of the store.</exception>
    public static async Task<StoredPipeline> FindAsync(ICheckpointStore store, string? name, CancellationToken cancel)
    {
        var names = await store.ListAsync(cancel);
        if (names.Count == 0)
            throw new CommandFailedException("the store has no checkpoints.");
        var there = string.Join(", ", names.Select(known => $"“{known}”"));
        if (name is null && names.Count > 1)
            throw new MisusedException($"which pipeline? There are {there}.");
        name ??= names[0];
        var head = await store.FindAsync(name, cancel)
            ?? throw new CommandFailedException($"there is no pipeline “{name}”; there are {there}.");
        return new StoredPipeline(store, name, head);
    }

    /// <summary>
    /// Counts the entries and bytes of each section. In a section that is not whole, the entries that are there are counted.
    /// </summary>
    /// <param name="look">Called with every entry.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<StoredSizes> MeasureAsync(Action<StateEntry>? look, CancellationToken cancel)
    {
        var (sizes, fault) = (new List<SectionSize>(), (string?)null);
        foreach (var section in StateSections.All)
        {
            var size = new SectionSize(section, 0, 0);
            try
            {
                await foreach (var entry in Store.ReadAsync(Name, section, cancel).SelectMany(chunk => chunk))
                {
                    size = size with { Entries = size.Entries + 1, Bytes = size.Bytes + entry.Value.Length };
                    look?.Invoke(entry);
                }
            }
            catch (CheckpointStoreException gone) when (gone.Problem == CheckpointStoreProblem.Incomplete)
            {
                fault ??= gone.Message;
            }

            if (size.Entries > 0)
                sizes.Add(size);
        }

        return new(sizes, fault);
    }

    /// <summary>Whether no commit came since <see cref="Head"/> was read.</summary>
    public async Task<bool> IsUnchangedAsync(CancellationToken cancel) => await Store.FindAsync(Name, cancel) == Head;
}
