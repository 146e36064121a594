using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary>Puts an exported checkpoint into a store.</summary>
/// <remarks>
/// <list type="number">
/// <item>The file is read to its end (<see cref="Verify"/>), before anything is written.</item>
/// <item>The pipeline is reset and acquired, so that a running service can commit no more.</item>
/// <item>The entries are written in commits of moderate size.</item>
/// <item>The last commit has the header. A checkpoint without header is refused by every reader, so a broken-off import is never taken for
/// a whole one.</item>
/// </list>
/// </remarks>
internal sealed class CheckpointImport(ICheckpointStore store, TimeProvider clock)
{
    private const int CommitBytes = 8 << 20;

    /// <summary>Reads the whole file, and counts its entries.</summary>
    /// <exception cref="CheckpointFormatException">The file is damaged, or this build cannot read it.</exception>
    public static long Verify(CheckpointFileReader file)
    {
        long entries = 0;
        var headers = 0;
        foreach (var chunk in file.ReadEntries())
        {
            entries += chunk.Count;
            foreach (var header in chunk.Where(entry => entry.Key.Section == StateSections.Header))
            {
                DetectionPipeline.Schema.Read(header);
                headers++;
            }
        }

        return headers == 1
            ? entries
            : throw new CheckpointFormatException("The checkpoint is damaged: it has no header. Take another copy.");
    }

    /// <param name="file">A verified file, at its begin again.</param>
    /// <param name="pipeline">The pipeline's name in the store.</param>
    /// <param name="force">Whether to replace a checkpoint that is there.</param>
    /// <param name="written">Called with the number of entries written so far.</param>
    /// <param name="cancel">Breaks the import off.</param>
    /// <exception cref="CommandFailedException">The pipeline has a checkpoint already, or another owner has acquired the
    /// pipeline.</exception>
    public async Task<CheckpointHead> RunAsync(
        CheckpointFileReader file,
        string pipeline,
        bool force,
        Action<long> written,
        CancellationToken cancel)
    {
        var before = await store.FindAsync(pipeline, cancel);
        if (before is { Id: > 0 } && !force)
        {
            throw new CommandFailedException(
                $"the pipeline “{pipeline}” has a checkpoint already, number {before.Id}: "
                + "give --force to replace it, or another name with --pipeline.");
        }

        try
        {
            if (before is not null)
                await store.ResetAsync(pipeline, cancel);
            var head = await store.AcquireAsync(pipeline, $"import-{Guid.NewGuid():n}", cancel);
            return head.Id == 0
                ? await WriteAsync(file, pipeline, head, written, cancel)
                : throw new OwnershipLostException(pipeline, head.Epoch, head.Epoch);
        }
        catch (Exception lost) when (lost is OwnershipLostException or CheckpointRolledBackException)
        {
            throw new CommandFailedException(
                $"a running service has taken the pipeline “{pipeline}” over while it was imported: "
                + "stop the service, and import again with --force.",
                lost);
        }
    }

    private async Task<CheckpointHead> WriteAsync(
        CheckpointFileReader file,
        string pipeline,
        CheckpointHead head,
        Action<long> written,
        CancellationToken cancel)
    {
        var waiting = new List<StateEntry>();
        StateEntry? header = null;
        var (bytes, all) = (0, 0L);
        foreach (var entry in file.ReadEntries().SelectMany(chunk => chunk))
        {
            if (entry.Key.Section == StateSections.Header)
            {
                header = entry;
                continue;
            }

            waiting.Add(entry);
            bytes += entry.Value.Length;
            if (bytes >= CommitBytes)
                await CommitAsync();
        }

        waiting.Add(header!.Value);
        await CommitAsync();
        return head;

        async Task CommitAsync()
        {
            var now = clock.GetUtcNow();
            await store.CommitAsync(new(pipeline, head.Epoch, head.Owner, head.Id + 1, now, new([.. waiting], [])), cancel);
            head = head with { Id = head.Id + 1, CommittedAt = now };
            written(all += waiting.Count);
            waiting.Clear();
            bytes = 0;
        }
    }
}
