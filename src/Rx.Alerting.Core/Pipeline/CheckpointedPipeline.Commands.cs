using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Takes commands, and confirms them.</summary>
public sealed partial class CheckpointedPipeline
{
    /// <summary>More commands than this are not taken at a time: others must wait for the outcomes of earlier ones.</summary>
    public const int MaximumCommands = CommandQueue.MaximumWaiting;

    private readonly CommandQueue commands = new();

    /// <summary>
    /// Executes a command between two batches, also before <see cref="RunAsync"/>. Commands are executed in the order of the calls.
    /// Thread-safe.
    /// </summary>
    /// <param name="command">Takes effect at most once, by its id.</param>
    /// <param name="cancel">Ends the wait. The command may take effect all the same.</param>
    /// <returns>The outcome, after the commit that has it.</returns>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped before that, or too many commands wait.</exception>
    public async Task<CommandOutcome> ExecuteAsync(ControlCommand command, CancellationToken cancel) =>
        await AnnounceAsync(commands.Add(command), cancel);

    /// <summary>Makes a commit now, also before <see cref="RunAsync"/>. Thread-safe.</summary>
    /// <param name="cancel">Ends the wait. The commit may be made all the same.</param>
    /// <returns>The number of the commit. It has everything that was pushed and executed before the call.</returns>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped before that.</exception>
    public async Task<long> CommitAsync(CancellationToken cancel) => await AnnounceAsync(commands.AskForCommit(), cancel);

    private async Task<T> AnnounceAsync<T>(Task<T> done, CancellationToken cancel)
    {
        await Task.Yield(); // Whoever calls may be in the middle of a batch.
        commands.Announce();
        try
        {
            return await done.WaitAsync(cancel);
        }
        finally
        {
            await Task.Yield(); // Whoever waits does not go on on the thread that commits.
        }
    }
}
