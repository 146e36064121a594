using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// The commands of one pipeline, from their arrival until a commit with their effect is confirmed. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// A command waits, is executed between two batches, is covered by a snapshot, and is confirmed by the snapshot's commit.
/// </para>
/// <para>
/// The pipeline may begin anew from an earlier commit. Then the commands that this commit lacks wait again, in the order in which they were
/// executed first. Each waits until event time is there again. No command overtakes another: an old pause must not come after a newer
/// resume. So commands that arrive meanwhile wait behind the old ones.
/// </para>
/// </remarks>
internal sealed class CommandQueue
{
    /// <summary>More commands than this are not taken at a time.</summary>
    public const int MaximumWaiting = 1000;

    private readonly Lock sync = new();
    private readonly ConfirmedCommands confirmed = new();
    private List<QueuedCommand> waiting = [];
    private List<QueuedCommand> executed = [];
    private List<QueuedCommand> covered = [];
    private List<TaskCompletionSource<long>> asked = [];
    private List<TaskCompletionSource<long>> answered = [];
    private Action? arrived;
    private bool hasStopped;

    /// <summary>Commands whose senders have no answer yet.</summary>
    private int unanswered;

    /// <summary>Whether a command has yet to be executed.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (sync)
                return waiting.Count > 0;
        }
    }

    /// <summary>Whether somebody waits for a commit that has yet to begin.</summary>
    public bool IsCommitAsked
    {
        get
        {
            lock (sync)
                return asked.Count > 0;
        }
    }

    /// <summary>Takes a command. <see cref="Announce"/> has it executed.</summary>
    /// <returns>Its outcome, after the commit.</returns>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped, or too many commands wait.</exception>
    public Task<CommandOutcome> Add(ControlCommand command)
    {
        QueuedCommand entry;
        lock (sync)
        {
            if (hasStopped)
                throw Stopped(command);
            if (unanswered >= MaximumWaiting)
                throw new CommandUnconfirmedException($"Command {command.Id} was not taken: {MaximumWaiting} commands wait for a commit.");
            unanswered++;
            waiting.Add(entry = new QueuedCommand(command));
        }

        return entry.Done.Task;
    }

    /// <summary>Asks for a commit. <see cref="Announce"/> has it made.</summary>
    /// <returns>The number of a commit that has everything before the call.</returns>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped.</exception>
    public Task<long> AskForCommit()
    {
        var done = new TaskCompletionSource<long>();
        lock (sync)
        {
            if (hasStopped)
                throw NotCommitted();
            asked.Add(done);
        }

        return done.Task;
    }

    /// <summary>Tells the pipeline, if there is one, that something has arrived.</summary>
    public void Announce()
    {
        Action? call;
        lock (sync)
            call = arrived;
        call?.Invoke();
    }

    /// <summary>A pipeline begins, perhaps from an earlier commit than the pipeline before.</summary>
    /// <param name="pipeline">Restored from that commit.</param>
    /// <param name="call">Called when a command has arrived, on the thread that brings it.</param>
    public void Begin(DetectionPipeline pipeline, Action call)
    {
        lock (sync)
        {
            arrived = call;
            waiting = [.. confirmed.Begin(pipeline, [.. covered, .. executed]), .. waiting];
            (executed, covered) = ([], []);
            (asked, answered) = ([.. answered, .. asked], []);
        }
    }

    /// <summary>The pipeline has ended. Another may begin.</summary>
    public void End()
    {
        lock (sync)
            arrived = null;
    }

    /// <summary>Executes what waits. The pipeline is quiescent.</summary>
    public void Execute(DetectionPipeline pipeline)
    {
        lock (sync)
        {
            var count = 0;
            while (count < waiting.Count && pipeline.HasReached(waiting[count].NotBefore))
            {
                var entry = waiting[count++];
                entry.Outcome = pipeline.Execute(entry.Command, out var place);
                entry.Place = place;
                executed.Add(entry);
            }

            waiting.RemoveRange(0, count);
        }
    }

    /// <summary>A snapshot has everything that was executed.</summary>
    public void Take()
    {
        lock (sync)
        {
            covered.AddRange(executed);
            executed.Clear();
            answered.AddRange(asked);
            asked.Clear();
        }
    }

    /// <summary>The commit of the latest snapshot has ended.</summary>
    /// <param name="commit">Its number.</param>
    public void Confirm(long commit)
    {
        List<QueuedCommand> ended;
        List<TaskCompletionSource<long>> told;
        lock (sync)
        {
            (told, answered) = (answered, []);
            (ended, covered) = (covered, []);
            foreach (var entry in ended)
            {
                unanswered -= entry.IsAnswered ? 0 : 1;
                entry.IsAnswered = true;
                confirmed.Add(entry);
            }
        }

        // Not under the lock, because whoever waits goes on now.
        ended.ForEach(entry => entry.Done.TrySetResult(entry.Outcome!));
        told.ForEach(done => done.TrySetResult(commit));
    }

    /// <summary>No pipeline will begin any more.</summary>
    public void Stop()
    {
        List<QueuedCommand> unconfirmed;
        List<TaskCompletionSource<long>> unanswered;
        lock (sync)
        {
            hasStopped = true;
            unconfirmed = [.. waiting, .. executed, .. covered];
            unanswered = [.. answered, .. asked];
        }

        unconfirmed.ForEach(entry => entry.Done.TrySetException(Stopped(entry.Command)));
        unanswered.ForEach(done => done.TrySetException(NotCommitted()));
    }

    private static CommandUnconfirmedException NotCommitted() => new("The pipeline has stopped before the commit was confirmed.");

    private static CommandUnconfirmedException Stopped(ControlCommand command) => new(
        $"The pipeline has stopped before command {command.Id} was confirmed. Send the command again with the same id.");
}
