using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>A cut that is being made: the entries of the store, and the changes of all commits until the last one. Thread-safe.</summary>
internal sealed class CutRecording(EntrySpool spool, string folder)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource<StateCut> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isClosing;
    private long? last;

    /// <summary>Completes with the commit that is the last one. Fails with a <see cref="CutException"/>.</summary>
    public Task<StateCut> Done => done.Task;

    /// <summary>Adds entries that the store had.</summary>
    /// <exception cref="CutException">The cut cannot be made.</exception>
    public void Add(IReadOnlyList<StateEntry> chunk)
    {
        try
        {
            spool.AddHad(chunk);
        }
        catch (Exception problem) when (IsKnown(problem))
        {
            throw Failure(problem);
        }
    }

    /// <summary>The commit of the next snapshot is the last one.</summary>
    public void Close()
    {
        lock (gate)
            isClosing = true;
    }

    /// <summary>A snapshot is taken. The pipeline is quiescent.</summary>
    /// <param name="commit">The number that the snapshot's commit will have.</param>
    public void Take(long commit)
    {
        lock (gate)
            last ??= isClosing ? commit : null;
    }

    /// <summary>A commit was confirmed. Its memory is used again after the call.</summary>
    public void Confirm(CheckpointCommit commit)
    {
        // Not under the lock: the snapshot after this commit is not taken before the call has ended.
        if (done.Task.IsCompleted)
            return;
        if (commit.ReplacesAll)
        {
            Break("the store has lost entries meanwhile");
            return;
        }

        try
        {
            spool.AddChanges(commit.Changes);
        }
        catch (Exception problem) when (IsKnown(problem))
        {
            done.TrySetException(Failure(problem));
            return;
        }

        lock (gate)
        {
            if (commit.Id == last)
                done.TrySetResult(new StateCut(spool, commit));
        }
    }

    /// <summary>What was recorded is of no use any more.</summary>
    public void Break(string why) => done.TrySetException(new CutException(why, mayPass: true));

    private static bool IsKnown(Exception problem) =>
        problem is SpoolFullException or IOException or UnauthorizedAccessException or NotSupportedException;

    private CutException Failure(Exception problem) => new(
        problem is SpoolFullException ? problem.Message : $"the temporary files in {folder} cannot be written: {problem.Message}",
        mayPass: false,
        problem);
}
