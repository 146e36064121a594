using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Takes cuts beside the stream.</summary>
public sealed partial class CheckpointedPipeline
{
    /// <summary>A cut that was disturbed so often is given up.</summary>
    private const int MaximumCuts = 5;

    private readonly CutRecordings cuts = new();

    /// <summary>Copies the state of one commit, also before <see cref="RunAsync"/>. Thread-safe.</summary>
    /// <remarks>
    /// The pipeline does not wait, and commits go on:
    /// <list type="number">
    /// <item>A commit shows that the pipeline runs.</item>
    /// <item>From then on, the changes of every confirmed commit are recorded.</item>
    /// <item>The entries of the store are read, of whatever commits.</item>
    /// <item>One more commit is asked for. It is later than anything that was read. Changes until that commit replace what was read, so the
    /// result is the state of that commit. The store has confirmed that commit, so all before it were ours, too.</item>
    /// </list>
    /// </remarks>
    /// <param name="request">What is needed.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped before that.</exception>
    /// <exception cref="CutException">The cut cannot be made.</exception>
    public async Task<StateCut> CutAsync(CutRequest request, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await CommitAsync(cancel);
            try
            {
                return await CutOnceAsync(request, cancel);
            }
            catch (Exception problem) when (problem is CheckpointStoreException or CutException { MayPass: true })
            {
                if (attempt == MaximumCuts)
                    throw new CutException($"{problem.Message} (attempt {attempt})", mayPass: true, problem);
            }

            await Task.Delay(checkpoints.RetryInterval, clock, cancel);
        }
    }

    private async Task<StateCut> CutOnceAsync(CutRequest request, CancellationToken cancel)
    {
        var spool = new EntrySpool(request.Folder, request.MaximumBytes, request.Sections);
        var recording = new CutRecording(spool, request.Folder);
        StateCut? cut = null;
        try
        {
            if (!cuts.TryAdd(recording))
                throw new CutException("the pipeline begins anew", mayPass: true);
            await CopyAsync(recording, request, cancel);
            recording.Close();
            await CommitAsync(cancel);
            return cut = await recording.Done.WaitAsync(cancel);
        }
        finally
        {
            cuts.Remove(recording);
            if (cut is null)
                spool.Dispose();
        }
    }

    /// <summary>Copies what the store has. Commits come meanwhile.</summary>
    private async Task CopyAsync(CutRecording recording, CutRequest request, CancellationToken cancel)
    {
        var entries = 0L;
        foreach (var section in StateSections.All.Where(request.Sections.Contains))
            entries = await CopyAsync(section, entries, recording, request, cancel);
    }

    /// <summary>Copies a section. A section may be read twice: whatever is older than a recorded change does not count.</summary>
    /// <param name="section">Of the state.</param>
    /// <param name="before">Entries that were read of other sections.</param>
    /// <param name="recording">Gets the entries.</param>
    /// <param name="request">Has the store.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Entries that were read of this section and others.</returns>
    private async Task<long> CopyAsync(
        string section, long before, CutRecording recording, CutRequest request, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var entries = before;
                await foreach (var chunk in (request.Reader ?? store).ReadAsync(name, section, cancel).ConfigureAwait(false))
                {
                    recording.Add(chunk);
                    entries += chunk.Count;
                    request.Progress?.Invoke(entries);
                    if (recording.Done.IsFaulted)
                        await recording.Done; // Reading on is of no use.
                }

                return entries;
            }
            catch (CheckpointStoreException busy) when (busy.Problem == CheckpointStoreProblem.Unavailable && attempt < MaximumCuts)
            {
                // A large commit keeps the store busy.
            }

            await Task.Delay(checkpoints.RetryInterval, clock, cancel);
        }
    }
}
