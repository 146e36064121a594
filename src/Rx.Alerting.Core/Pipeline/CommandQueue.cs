using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// The commands of one pipeline, from their arrival until a commit with their effect is confirmed. Thread-safe.
/// </summary>
/// <remarks>
/// A command waits, is executed between two batches, is covered by a snapshot, and is confirmed by the snapshot's commit. If the pipeline
/// begins anew from an earlier commit, all commands wait again. Those that had been executed wait until event time is there again, and so
/// does a command that comes again meanwhile. Their ids keep them from a second effect.
/// </remarks>
internal sealed class CommandQueue
{
    /// <summary>More commands than this are not taken at a time.</summary>
    private const int MaximumWaiting = 1000;

    /// <summary>Confirmed commands that are remembered, because the store may lose the commit that has confirmed them.</summary>
    private const int MaximumConfirmed = 1000;

    private readonly Lock sync = new();
    private readonly Queue<Entry> confirmed = [];
    private List<Entry> waiting = [];
    private List<Entry> executed = [];
    private List<Entry> covered = [];
    private Action? arrived;
    private bool hasStopped;

    /// <summary>Whether a command has yet to be executed.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (sync)
                return waiting.Count > 0;
        }
    }

    /// <summary>In the order of their arrival. Under the lock.</summary>
    private IEnumerable<Entry> All => [.. confirmed, .. covered, .. executed, .. waiting];

    /// <summary>Takes a command.</summary>
    /// <returns>Its outcome, after the commit.</returns>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped, or too many commands wait.</exception>
    public Task<CommandOutcome> Add(ControlCommand command)
    {
        Entry entry;
        Action? call;
        lock (sync)
        {
            if (hasStopped)
                throw Stopped(command);
            if (waiting.Count + executed.Count + covered.Count >= MaximumWaiting)
                throw new CommandUnconfirmedException($"Command {command.Id} was not taken: {MaximumWaiting} commands wait for a commit.");
            // A command that comes again does not overtake itself where a loss has it wait for event time.
            entry = new Entry(command) { Outcome = All.LastOrDefault(earlier => earlier.Command.Id == command.Id)?.Outcome };
            waiting.Add(entry);
            call = arrived;
        }

        call?.Invoke();
        return entry.Done.Task;
    }

    /// <summary>A pipeline begins, perhaps from an earlier commit than the pipeline before.</summary>
    /// <param name="call">Called when a command has arrived, on the thread that brings it.</param>
    public void Begin(Action call)
    {
        lock (sync)
        {
            arrived = call;
            waiting = [.. All];
            confirmed.Clear();
            (executed, covered) = ([], []);
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
            foreach (var entry in waiting.FindAll(entry => entry.NotBefore is not { } time || pipeline.EventTime >= time))
            {
                entry.Outcome = pipeline.Execute(entry.Command);
                executed.Add(entry);
            }

            waiting.RemoveAll(executed.Contains);
        }
    }

    /// <summary>A snapshot has everything that was executed.</summary>
    public void Take()
    {
        lock (sync)
        {
            covered.AddRange(executed);
            executed.Clear();
        }
    }

    /// <summary>The commit of the latest snapshot has ended.</summary>
    public void Confirm()
    {
        List<Entry> ended;
        lock (sync)
        {
            (ended, covered) = (covered, []);
            ended.ForEach(confirmed.Enqueue);
            while (confirmed.Count > MaximumConfirmed)
                confirmed.Dequeue();
        }

        // Not under the lock, because whoever waits goes on now.
        ended.ForEach(entry => entry.Done.TrySetResult(entry.Outcome!));
    }

    /// <summary>No pipeline will begin any more.</summary>
    public void Stop()
    {
        List<Entry> unconfirmed;
        lock (sync)
        {
            hasStopped = true;
            unconfirmed = [.. waiting, .. executed, .. covered];
        }

        unconfirmed.ForEach(entry => entry.Done.TrySetException(Stopped(entry.Command)));
    }

    private static CommandUnconfirmedException Stopped(ControlCommand command) => new(
        $"The pipeline has stopped before command {command.Id} was confirmed. Send the command again with the same id.");

    private sealed class Entry(ControlCommand command)
    {
        public ControlCommand Command => command;

        public CommandOutcome? Outcome { get; set; }

        /// <summary>The event time at which the command was executed before. It is not executed earlier.</summary>
        public DateTimeOffset? NotBefore => Outcome?.At;

        public TaskCompletionSource<CommandOutcome> Done { get; } = new();
    }
}
