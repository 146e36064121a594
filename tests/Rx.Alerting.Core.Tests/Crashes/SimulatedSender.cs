using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// People who send commands to whichever process has the pipeline, or seems to. A command is sent again with the same id until somebody
/// confirms it, and sometimes after that. Every answer must be the same.
/// </summary>
/// <remarks>
/// With <see cref="DecisionMoments.AtPlaces"/>, a source does not read on at a command's place before its pipeline has executed the
/// command. So the place is the same in every run. For that, the sender does what real people cannot do:
/// <list type="bullet">
/// <item>The sender does not send while a pipeline that it has to wait for may begin anew from an earlier place.</item>
/// <item>The sender knows when the store has lost a command whose process has ended, and sends the command again at its place.</item>
/// </list>
/// A process that has confirmed a command and still runs is not helped in that way. But it is killed if the store has lost that command
/// and an earlier one, which only a process that has ended knew. The earlier one could come behind the later one only.
/// <para>
/// With <see cref="DecisionMoments.AtAnyMoment"/>, people who see that a pipeline is paused have it go on sooner or later, each time by a
/// new command.
/// </para>
/// </remarks>
internal sealed class SimulatedSender(
    IReadOnlyList<PlannedCommand> plan, DecisionMoments moments, SimulatedReceiver decided, SplitMix random)
{
    /// <summary>
    /// The answers by command. Where a lost command is executed elsewhere, an answer holds until the store loses something.
    /// </summary>
    private readonly Dictionary<(string Command, int Losses), CommandOutcome> answers = [];

    /// <summary>Of each command that was answered: how often the store has lost commits of its pipeline.</summary>
    private readonly Dictionary<string, Func<int>> losses = new(StringComparer.Ordinal);

    private readonly HashSet<(CommandedRun Run, string Command)> waiting = [];
    private readonly List<CommandedRun> runs = [];

    private int resumes;

    /// <summary>How often people have found a pipeline paused, and had it go on.</summary>
    public int Resumed { get; private set; }

    /// <summary>How many answers were the second one to their command, or a later one.</summary>
    public int Repeated { get; private set; }

    private bool Holds => moments == DecisionMoments.AtPlaces;

    public void Join(CommandedRun run) => runs.Add(run);

    /// <summary>Whether a source may read on after <paramref name="read"/> views of the shard.</summary>
    public bool MayPass(CommandedRun run, SimulatedShard shard, int read) =>
        !Holds || plan.Where(planned => planned.Shard == shard && planned.Place == read).All(planned => planned.Commands.All(run.Knows));

    /// <summary>How many views of the shard come before the next place at which a command waits.</summary>
    public int NextPlace(SimulatedShard shard, int read) => plan
        .Where(planned => Holds && planned.Shard == shard && planned.Place > read)
        .Select(planned => planned.Place)
        .DefaultIfEmpty(int.MaxValue)
        .Min();

    /// <summary>Asserts that the store has every outcome that was answered since it has lost something.</summary>
    public void AssertKept(IReadOnlyDictionary<string, CommandOutcome> outcomes)
    {
        foreach (var ((command, at), outcome) in answers.Where(answer => answer.Key.Losses == losses[answer.Key.Command]()))
            Assert.Equal(outcome, outcomes.GetValueOrDefault(command));
    }

    public void Step()
    {
        runs.RemoveAll(run => run.IsDead);
        foreach (var run in runs.FindAll(run => run.IsAwake))
        {
            foreach (var planned in plan)
                Look(run, planned);
            if (!Holds && run.IsPaused && random.Next(30) == 0)
                _ = ResumeAsync(run, new ResumeCommand($"resume-{resumes++}", "somebody"));
        }
    }

    /// <summary>The pipeline of a run begins, from whatever the store has.</summary>
    public void Begin(CommandedRun run)
    {
        var isGone = false;
        foreach (var planned in Holds ? plan.Where(planned => run.Reads(planned)) : [])
        {
            foreach (var command in planned.Commands.Where(command => !run.Knows(command)))
            {
                var isKept = run.HasConfirmed(command) || waiting.Contains((run, command.Id));
                if (isKept && isGone)
                    run.Kill();
                isGone |= !isKept;
            }
        }
    }

    private void Look(CommandedRun run, PlannedCommand planned)
    {
        var commands = planned.Commands;
        var isDue = run.IsReading && run.IsAt(planned);
        var isAnswered = commands.All(command => losses.ContainsKey(command.Id));
        if (!Holds)
        {
            if (isDue && random.Next(isAnswered ? 60 : 20) == 0)
                Send(run, commands);
        }
        else if (commands.All(run.HasConfirmed))
        {
            // A process keeps what it has confirmed, also while it begins anew from an earlier place.
            decided.Expect(
                !isDue || commands.All(run.Knows), $"The store has lost {commands[0].Id}, and its process does not execute it again.");
            if (random.Next(100) == 0)
                Send(run, commands);
        }
        else if (isDue && !run.IsBehindLoss() && random.Next(isAnswered && commands.All(run.Knows) ? 100 : 3) == 0)
        {
            Send(run, commands);
        }
    }

    private void Send(CommandedRun run, IReadOnlyList<ControlCommand> commands)
    {
        foreach (var command in commands)
            _ = SendAsync(run, command);
    }

    private async Task ResumeAsync(CommandedRun run, ResumeCommand command)
    {
        try
        {
            var outcome = await run.SendAsync(command);
            Resumed += outcome.Status == CommandStatus.Done ? 1 : 0;
        }
        catch (CommandUnconfirmedException)
        {
            // Whoever finds it paused later tries again.
        }
    }

    private async Task SendAsync(CommandedRun run, ControlCommand command)
    {
        // Few people send again while they wait.
        if (!waiting.Add((run, command.Id)) && random.Next(20) > 0)
            return;
        try
        {
            var outcome = await run.SendAsync(command);
            run.Confirm(command);
            losses[command.Id] = run.Losses;
            if (Holds || run.IsKept())
                Compare(command, Holds ? 0 : run.Losses(), outcome);
        }
        catch (CommandUnconfirmedException)
        {
            // Nobody knows what has become of it: it is sent again.
        }

        waiting.Remove((run, command.Id));
    }

    private void Compare(ControlCommand command, int losses, CommandOutcome outcome)
    {
        if (answers.TryAdd((command.Id, losses), outcome))
            return;
        Repeated++;
        var first = answers[(command.Id, losses)];
        decided.Expect(first == outcome, $"The answer to {command.Id} is {outcome}. The first answer was {first}.");
    }
}
